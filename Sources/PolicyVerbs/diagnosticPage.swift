import PolicyDiagnostics
import PolicyText

/// The catalogue's page of a diagnostic, in both languages.
func diagnosticPage(_ text: String) throws(VerbFailure) -> String {
  let wanted = text.uppercased()
  guard let id = DiagnosticID(rawValue: wanted) else {
    throw VerbFailure.none("诊断", "diagnostic", text, nearest(wanted, in: DiagnosticID.allCases.map(\.rawValue)))
  }
  return diagnosticPages[id.rawValue] ?? "\(id.rawValue)  \(id.title.zh) / \(id.title.en)"
}
