import CEditLine

/// True once after Ctrl-C was pressed while no entry was being read; an evaluation polls it and stops.
package func takeInterrupt() -> Bool { cle_take_interrupt() }

/// Makes Ctrl-C set the flag that `takeInterrupt` reads; the interactive editors do this themselves, scripts by choice.
package func catchInterrupts() -> Bool { cle_catch_interrupts() }
