/** What a browser's PDFs need to be the same bytes each time, and of exact size: edited in place, so that no offset moves. */

export const MM_PER_INCH = 25.4;

/** A PDF that does not say when it was made. */
export const undated = (pdf: Buffer): Buffer =>
  Buffer.from(
    pdf
      .toString("latin1")
      .replace(/\/(CreationDate|ModDate) \(D:(\d{14})/g, "/$1 (D:20000101000000"),
    "latin1",
  );

/** Points of the sheet's corners, cut to the figure at its upper left, in millimetres; and no date. */
export function exactPdf(pdf: Buffer, width: number, height: number): Buffer {
  const points = (mm: number) => (mm / MM_PER_INCH) * 72;
  return Buffer.from(
    undated(pdf)
      .toString("latin1")
      // ProcSet is obsolete since PDF 1.4: its room is what the longer numbers need.
      .replace(
        /\/ProcSet \[[^\]]*\]([\s\S]*?)\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/,
        (whole, between: string, _, top: string) => {
          const bottom = Number(top) - points(height);
          const box = `/MediaBox [0 ${bottom.toFixed(3)} ${points(width).toFixed(3)} ${top}]`;
          return `${between}${box}`.padEnd(whole.length);
        },
      ),
    "latin1",
  );
}
