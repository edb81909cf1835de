/// How the pictures look: one hue for what is measured, one for what it is compared with (blue and orange are told
/// apart whatever the eyes), greys for the rest; light on dark pages. Every rule is bound to the picture, so that
/// it can stand inside a page.
enum SVGStyle {
  /// How many shades a heat map has: classes c0 to c6.
  static let shades = light.count

  /// Light to dark, so that much stands out on a light page.
  private static let light = ["#e3edf8", "#c3d8ee", "#9dbfe2", "#73a2d3", "#4a84c1", "#2763a5", "#123f78"]
  /// Dark to light, for dark pages.
  private static let dark = ["#14283f", "#1b3f66", "#28598d", "#3b78b4", "#5f9bd3", "#92c0ea", "#d2e6fa"]

  static let sheet = rules.joined(separator: "\n")

  private static let rules =
    [
      """
      .wrapup{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,"Noto Sans",sans-serif;\
      font-variant-numeric:tabular-nums}
      .wrapup text{font-size:14px;fill:#1f2328}
      .wrapup .title{font-size:18px;font-weight:600}
      .wrapup .small{font-size:12px;fill:#59636e}
      .wrapup .end{text-anchor:end}
      .wrapup .middle{text-anchor:middle}
      .wrapup .bar{fill:#3b78b4}
      .wrapup .curve{fill:none;stroke:#3b78b4;stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
      .wrapup .grid{stroke:#d9dee3;stroke-width:1}
      .wrapup .axis{stroke:#8c959f;stroke-width:1}
      .wrapup .mark{stroke:#b85c00;stroke-width:1.5;stroke-dasharray:5 3}
      .wrapup .dot{stroke-width:4}
      .wrapup .none{fill:none;pointer-events:all}
      .wrapup .frame{fill:none;stroke:#b7bfc8;stroke-width:1}
      """
    ] + fills(light) + [
      """
      @media (prefers-color-scheme:dark){
      .wrapup text{fill:#e6edf3}
      .wrapup .small{fill:#9198a1}
      .wrapup .bar{fill:#5f9bd3}
      .wrapup .curve{stroke:#5f9bd3}
      .wrapup .grid{stroke:#343b44}
      .wrapup .frame{stroke:#4d5560}
      .wrapup .axis{stroke:#7d8590}
      .wrapup .mark{stroke:#f0a04b}
      """
    ] + fills(dark) + ["}"]

  private static func fills(_ colours: [String]) -> [String] {
    colours.enumerated().map { ".wrapup .c\($0){fill:\($1)}" }
  }
}
