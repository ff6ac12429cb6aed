/** What a report is made from: the study, its data, and whether they can carry the notebooks that run. */

import { basename, resolve } from "node:path";
import {
  auditStudy,
  budgetText,
  checkStudyDates,
  DataError,
  dataLabel,
  type Finding,
  type Panel,
  readBytes,
  readPanel,
  readStudy,
  STUDY,
  type Study,
  type StudyNeed,
  sha256,
  stopOnErrors,
} from "neural-beta";
import { auditFact } from "../warnings.js";
import { type Origin, reportOrigin } from "./manifest.js";

export interface Inputs {
  readonly study: Study;
  /** Its file; undefined for the report's own study. */
  readonly file: string | undefined;
  /** What the study's file and those that it names held when the run began, by path. */
  readonly contents: ReadonlyMap<string, Uint8Array>;
  readonly panel: Panel;
  readonly origin: Origin;
  /** What the audit of the data found. */
  readonly findings: readonly Finding[];
}

/**
 * The study of a file, by default the one named in NEURAL_BETA_STUDY. What would stop a notebook stops everything, at once.
 *
 * @param needs what the notebooks that run ask of the study's dates
 * @throws Error naming the key
 */
export async function readInputs(
  named: string | undefined,
  needs: readonly StudyNeed[],
): Promise<Inputs> {
  const given = named ?? process.env.NEURAL_BETA_STUDY;
  const file = given ? resolve(given) : undefined;
  const study = await readStudy(file);
  const contents = readContents(study);
  const hashes = Object.entries(inputFiles(study)).map(([key, path]) => [
    key,
    sha256(contents.get(path)!),
  ]);
  const origin = reportOrigin(study, Object.fromEntries(hashes));
  const findings = await auditStudy(study);
  stopOnErrors(findings);
  const panel = await readPanel(study);
  try {
    checkStudyDates(study, panel, needs);
  } catch (error) {
    if (!(error instanceof DataError) || file === undefined) throw error;
    throw new DataError(`${file}: ${error.message}`);
  }
  if (file !== undefined) contents.set(file, readBytes(file));
  return { study, file, contents, panel, origin, findings };
}

/** What the reader of the page has to know of the study. */
export function inputFacts({
  study,
  file,
  origin,
  findings,
  panel,
}: Inputs): Readonly<Record<string, string>> {
  const { coins, markets } = study;
  const budget = budgetText(study);
  return {
    Study: study === STUDY ? "the report's" : basename(file ?? ""),
    Returns: `${dataLabel(study)}, of ${coins.join(", ")} on ${markets.join(", ")}`,
    Data: `${panel.dates[0]} to ${panel.dates.at(-1)}, ${panel.dates.length} periods`,
    ...(budget === undefined ? {} : { Networks: budget }),
    Audit: auditFact(findings),
    Fingerprint: `${origin.study.slice(0, 12)} (study and data; the same gives the same numbers)`,
  };
}

/** Files that a study names, by key. */
export function inputFiles({
  returns,
  prices,
  factors,
  riskFree,
  estimators = [],
  claims,
}: Study): Readonly<Record<string, string>> {
  return {
    ...(prices
      ? Object.fromEntries(prices.map(({ file }, i) => [`prices.${i}.file`, file]))
      : { returns }),
    ...(factors === undefined ? {} : { factors }),
    ...(riskFree === undefined ? {} : { riskFree }),
    ...Object.fromEntries(estimators.map(({ file }, i) => [`estimators.${i}.file`, file])),
    ...(claims === undefined ? {} : { claims }),
  };
}

function readContents(study: Study): Map<string, Uint8Array> {
  const contents = new Map<string, Uint8Array>();
  for (const [key, file] of Object.entries(inputFiles(study)))
    try {
      contents.set(file, readBytes(file));
    } catch (error) {
      throw new DataError(`${key}: ${(error as Error).message}, or name another in the study`);
    }
  return contents;
}
