# The twelve rules in Rego, three-valued: a rule is in `yes`, in `no`, or in neither where what it needs is not in the input.
package twelve

import rego.v1

large if input.investment >= 300000000
small if input.investment < 300000000

led if input.leads == 1
led if input.kind in {0, 1}
not_led if {
	input.leads == 0
	input.kind > 1
}

social if input.investor == 0
not_social if input.investor != 0

in_time if {
	social
	input.built <= 20453
}
not_in_time if not_social
not_in_time if input.built > 20453

lent if {
	social
	input.has_loan == 1
	input.compliant == 1
}
not_lent if not_social
not_lent if input.has_loan == 0
not_lent if input.compliant == 0

# The kinds of project that a county is meant for.
meant := {0: {0}, 1: {0}, 2: {0}, 3: {1}, 4: {1}, 5: {2, 3}, 6: set()}

placed if input.kind in meant[input.county]
not_placed if {
	input.kind >= 0
	input.county >= 0
	not input.kind in meant[input.county]
}
not_placed if input.kind > 3
not_placed if meant[input.county] == set()

yes contains 1 if large
yes contains 2 if { large; led }
yes contains 3
yes contains 4 if input.planning == 1
yes contains 5 if input.land_use == 0
yes contains 6 if large
yes contains 7 if input.land_use <= 4
yes contains 8 if in_time
yes contains 9 if lent
yes contains 10 if in_time
yes contains 10 if lent
yes contains 11 if placed
yes contains 12 if { input.is_hospital == 1; input.level >= 1 }

no contains 1 if small
no contains 2 if small
no contains 2 if not_led
no contains 4 if input.planning == 0
no contains 5 if input.land_use != 0
no contains 6 if small
no contains 7 if input.land_use > 4
no contains 8 if not_in_time
no contains 9 if not_lent
no contains 10 if { not_in_time; not_lent }
no contains 11 if not_placed
no contains 12 if input.is_hospital == 0
no contains 12 if input.level < 1
