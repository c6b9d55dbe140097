//! A picture of times against sizes, both logarithmic, as SVG: on a light card, so that any page may be behind it.

use std::fmt::Write;

/// One matcher's median times.
#[derive(Debug, Clone)]
pub struct Line {
    /// The matcher.
    pub name: &'static str,
    /// Sizes in phrasings, each with the median time in nanoseconds; both above 0.
    pub points: Vec<(usize, u64)>,
}

/// Width and height in pixels.
const SIZE: (f64, f64) = (760.0, 440.0);

/// Where the plot lies in the picture: left, top, right, bottom.
const PLOT: (f64, f64, f64, f64) = (90.0, 64.0, 575.0, 380.0);

/// The distance between the lines of two labels.
const LABEL_HEIGHT: f64 = 19.0;

/// The powers of ten at the ends of the axes: phrasings, and nanoseconds.
const PHRASINGS: (f64, f64) = (2.9, 5.1);
const NANOSECONDS: (f64, f64) = (4.0, 9.0);

/// Colours that differ in lightness as well as in hue (Okabe and Ito), and so without colour vision.
const COLOURS: [&str; 4] = ["#d55e00", "#0072b2", "#009e73", "#777777"];

/// The names of nanoseconds by power of ten.
const TIMES: [(f64, &str); 6] =
    [(4.0, "10 µs"), (5.0, "100 µs"), (6.0, "1 ms"), (7.0, "10 ms"), (8.0, "100 ms"), (9.0, "1 s")];

/// The picture of up to four lines.
#[must_use]
pub fn draw(lines: &[Line]) -> String {
    let (width, height) = SIZE;
    let (left, top, right, bottom) = PLOT;
    let mut svg = format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="14">
<title>Median time to find the best entry for a question, by number of phrasings</title>
<rect x="0.5" y="0.5" width="{}" height="{}" rx="8" fill="#ffffff" stroke="#d0d7de"/>
<text x="24" y="34" font-size="17" font-weight="600" fill="#1f2328">Time to find the best entry for a question (median)</text>
"##,
        width - 1.0,
        height - 1.0,
    );
    for (power, name) in TIMES {
        let y = height_of(power);
        line(&mut svg, format_args!(r##"<path d="M{left} {y:.1}H{right}" stroke="#e4e8ec"/>"##));
        let label = y + 5.0;
        line(
            &mut svg,
            format_args!(
                r##"<text x="{}" y="{label:.1}" text-anchor="end" fill="#59636e">{name}</text>"##,
                left - 10.0
            ),
        );
    }
    for (power, name) in [(3.0, "1,000"), (4.0, "10,000"), (5.0, "100,000 phrasings")] {
        let x = breadth_of(power);
        line(&mut svg, format_args!(r##"<path d="M{x:.1} {top}V{bottom}" stroke="#e4e8ec"/>"##));
        let y = bottom + 24.0;
        line(&mut svg, format_args!(r##"<text x="{x:.1}" y="{y}" text-anchor="middle" fill="#59636e">{name}</text>"##));
    }
    let mut labels = Vec::new();
    for (Line { name, points }, colour) in lines.iter().zip(COLOURS) {
        #[allow(clippy::cast_precision_loss, reason = "sizes and times are far below 2^52")]
        let place =
            |(size, time): &(usize, u64)| (breadth_of((*size as f64).log10()), height_of((*time as f64).log10()));
        let places: Vec<(f64, f64)> = points.iter().map(place).collect();
        let path: Vec<String> = places.iter().map(|(x, y)| format!("{x:.1} {y:.1}")).collect();
        let path = path.join("L");
        line(&mut svg, format_args!(r#"<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2.5"/>"#));
        for (x, y) in &places {
            line(&mut svg, format_args!(r#"<circle cx="{x:.1}" cy="{y:.1}" r="4.5" fill="{colour}"/>"#));
        }
        if let (Some((x, y)), Some((_, time))) = (places.last(), points.last()) {
            labels.push((x + 12.0, y + 5.0, format!("{name} {}", human(*time)), colour));
        }
    }
    // From the lowest up, each label keeps clear of the one below.
    labels.sort_by(|a, b| b.1.total_cmp(&a.1));
    let mut lowest = f64::INFINITY;
    for (x, y, label, colour) in labels {
        let y = y.min(lowest);
        lowest = y - LABEL_HEIGHT;
        line(&mut svg, format_args!(r#"<text x="{x:.1}" y="{y:.1}" font-weight="600" fill="{colour}">{label}</text>"#));
    }
    svg.push_str("</svg>\n");
    svg
}

fn line(svg: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = writeln!(svg, "{text}");
}

fn breadth_of(power: f64) -> f64 {
    let (left, _, right, _) = PLOT;
    left + (power - PHRASINGS.0) / (PHRASINGS.1 - PHRASINGS.0) * (right - left)
}

fn height_of(power: f64) -> f64 {
    let (_, top, _, bottom) = PLOT;
    bottom - (power - NANOSECONDS.0) / (NANOSECONDS.1 - NANOSECONDS.0) * (bottom - top)
}

/// A time with two digits that matter.
fn human(nanoseconds: u64) -> String {
    #[allow(clippy::cast_precision_loss, reason = "times are far below 2^52")]
    let ms = nanoseconds as f64 / 1e6;
    match ms {
        0.0..0.1 => format!("{:.0} µs", ms * 1e3),
        0.1..1.0 => format!("{ms:.2} ms"),
        1.0..10.0 => format!("{ms:.1} ms"),
        _ => format!("{ms:.0} ms"),
    }
}
