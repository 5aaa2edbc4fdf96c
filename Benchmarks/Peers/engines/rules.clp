; The twelve rules in CLIPS: what is answered yes. Rules build on the answers of others, as R2 does on R1.
; The slots of a project are nil where nothing is given.
(deftemplate project
  (slot investment) (slot county) (slot kind) (slot leads) (slot has_loan) (slot compliant) (slot planning)
  (slot is_hospital) (slot investor) (slot land_use) (slot built) (slot level))
(deftemplate answer (slot rule) (slot is))

(defrule large (project (investment ?i&~nil&:(>= ?i 300000000))) => (assert (answer (rule 1) (is yes)) (answer (rule 6) (is yes))))
(defrule led (answer (rule 1) (is yes)) (or (project (leads 1)) (project (kind 0|1))) => (assert (answer (rule 2) (is yes))))
(defrule always (project) => (assert (answer (rule 3) (is yes))))
(defrule planned (project (planning 1)) => (assert (answer (rule 4) (is yes))))
(defrule collective (project (land_use 0)) => (assert (answer (rule 5) (is yes))))
(defrule land (project (land_use ?u&~nil&:(<= ?u 4))) => (assert (answer (rule 7) (is yes))))
(defrule in-time (project (investor 0) (built ?d&~nil&:(<= ?d 20453))) => (assert (answer (rule 8) (is yes)) (answer (rule 10) (is yes))))
(defrule lent (project (investor 0) (has_loan 1) (compliant 1)) => (assert (answer (rule 9) (is yes)) (answer (rule 10) (is yes))))
(defrule placed (or (project (county 0|1|2) (kind 0)) (project (county 3|4) (kind 1)) (project (county 5) (kind 2|3)))
  => (assert (answer (rule 11) (is yes))))
(defrule hospital (project (is_hospital 1) (level ?g&~nil&:(>= ?g 1))) => (assert (answer (rule 12) (is yes))))

; Answers one project: the numbers of the rules and their answers, one after the other.
(deffunction decide (?investment ?county ?kind ?leads ?has_loan ?compliant ?planning ?is_hospital ?investor ?land_use ?built ?level)
  (reset)
  (assert (project
    (investment ?investment) (county ?county) (kind ?kind) (leads ?leads) (has_loan ?has_loan) (compliant ?compliant)
    (planning ?planning) (is_hospital ?is_hospital) (investor ?investor) (land_use ?land_use) (built ?built) (level ?level)))
  (run)
  (bind ?all (create$))
  (do-for-all-facts ((?a answer)) TRUE (bind ?all (create$ ?all ?a:rule ?a:is)))
  ?all)
