/// A fragment of HTML; texts put into it are escaped, so that no text of a policy becomes markup.
///
/// `"<td>\(name)</td>"` escapes, `"<ul>\(html: items)</ul>"` joins fragments.
package struct HTML: ExpressibleByStringInterpolation, Sendable {
  package let text: String

  package init(stringLiteral value: String) { text = value }
  package init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }

  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var text = ""

    package init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity) }
    package mutating func appendLiteral(_ literal: String) { text += literal }

    package mutating func appendInterpolation(_ value: String) {
      for character in value.unicodeScalars {
        switch character {
        case "&": text += "&amp;"
        case "<": text += "&lt;"
        case ">": text += "&gt;"
        case "\"": text += "&quot;"
        case "'": text += "&#39;"
        default: text.unicodeScalars.append(character)
        }
      }
    }

    package mutating func appendInterpolation(_ value: Int) { text += "\(value)" }
    package mutating func appendInterpolation(html fragment: HTML) { text += fragment.text }
    package mutating func appendInterpolation(html fragments: [HTML]) { for part in fragments { text += part.text } }
  }

  /// A whole page without links to anything else: it can be sent by mail and printed.
  package static func page(title: String, language: String, style: HTML, body: HTML) -> String {
    let page: HTML = """
      <!DOCTYPE html>
      <html lang="\(language)">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(title)</title>
      <style>
      body { font-family: "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", sans-serif; \
      max-width: 62rem; margin: 2rem auto; padding: 0 1rem; line-height: 1.6; color: #1b1f24; }
      table { border-collapse: collapse; width: 100%; margin: .6rem 0; }
      th, td { border: 1px solid #c9d1d9; padding: .25rem .5rem; text-align: left; vertical-align: top; }
      th { background: #f3f5f7; }
      pre { background: #f6f8fa; padding: .5rem; overflow-x: auto; white-space: pre-wrap; }
      @media print { body { margin: 0; max-width: none; } }
      \(html: style)
      </style>
      </head>
      <body>
      \(html: body)
      </body>
      </html>

      """
    return page.text
  }
}
