/** Figures without colour: which series of one plot look alike in grey. */

/** What tells series apart in Plotly's traces. */
interface Look {
  readonly name?: string;
  readonly mode?: string;
  readonly type?: string;
  readonly xaxis?: string;
  readonly yaxis?: string;
  readonly fill?: string;
  readonly fillcolor?: string;
  readonly stackgroup?: string;
  readonly line?: { readonly color?: string; readonly dash?: string; readonly width?: number };
  readonly marker?: { readonly color?: unknown; readonly symbol?: unknown };
}

/** Least difference of lightness (CIE L*, of 100) that an eye tells apart in print. */
const LEAST = 5;
/** Fitted dates are thin, walk-forward dates from this width on. */
const THICK = 2.3;

/**
 * Lightness (CIE 1976 L*) of a colour on white, such as #6b7280 or rgba(107,114,128,0.5).
 *
 * @see CIE 15: Colorimetry; sRGB: IEC 61966-2-1
 */
export function lightness(color: string): number {
  const [r, g, b, opacity = 1] = color.startsWith("#")
    ? [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16))
    : color.match(/[\d.]+/g)!.map(Number);
  const [x, y, z] = [r!, g!, b!].map((channel) => {
    const c = (opacity * channel + (1 - opacity) * 255) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * x! + 0.7152 * y! + 0.0722 * z!;
  return luminance > 216 / 24389 ? 116 * Math.cbrt(luminance) - 16 : (24389 / 27) * luminance;
}

const first = (value: unknown): string => String(Array.isArray(value) ? value[0] : (value ?? ""));

/** Symbol or dash, and lightness, of what a trace shows; undefined for edges of bands. */
function lookOf(trace: Look): { readonly kind: string; readonly lightness: number } | undefined {
  const { mode = "", line = {}, marker = {} } = trace;
  if (trace.stackgroup !== undefined)
    return { kind: "area", lightness: lightness(trace.fillcolor!) };
  if (trace.type === "bar") return { kind: "bar", lightness: lightness(first(marker.color)) };
  if (mode.includes("markers"))
    return { kind: `symbol ${first(marker.symbol)}`, lightness: lightness(first(marker.color)) };
  if (line.width === 0) return undefined;
  const width = (line.width ?? 2) >= THICK ? "thick" : "thin";
  return { kind: `${line.dash ?? "solid"}, ${width}`, lightness: lightness(line.color!) };
}

/** Pairs of named series of one plot that neither dash nor symbol nor lightness tells apart. */
export function alikeInGrey(data: readonly object[]): string[] {
  const series = (data as readonly Look[]).flatMap((trace) => {
    const look = trace.name ? lookOf(trace) : undefined;
    return look ? [{ ...look, name: trace.name!, plot: `${trace.xaxis}${trace.yaxis}` }] : [];
  });
  return series.flatMap((a, i) =>
    series
      .slice(i + 1)
      .flatMap((b) =>
        a.plot === b.plot &&
        a.name !== b.name &&
        a.kind === b.kind &&
        Math.abs(a.lightness - b.lightness) < LEAST
          ? [`${a.name} and ${b.name}: ${a.kind}`]
          : [],
      ),
  );
}
