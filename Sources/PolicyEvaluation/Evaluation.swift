package import PolicyIR
package import PolicyValues

package struct Evaluation {
  package static let combinationLimit = 1024
}
