import { VERSION } from '@casebook/contracts';
import { sha256 } from '@casebook/ledger';
import type { IncidentSource } from '@casebook/views';
import { PROOF_ID, type ReportProof } from '../../report-proof.js';
import { type ExportFormat, type ExportOptions, ExportRefused } from '../format.js';
import { disputesSection, evidenceSection, sourcesSection } from './evidence.js';
import { type Facts, factsOf } from './facts.js';
import { type Html, markup } from './html.js';
import { opening, timelineSection, tollsSection, warningsSection } from './sections.js';
import { STYLE } from './style.js';

/* A report to read on paper or screen: one HTML file without scripts that loads nothing. */

/** Allows only the report's style, whatever an analyst or source wrote. */
const POLICY = `default-src 'none'; style-src 'sha256-${sha256(STYLE).toString('base64')}'; base-uri 'none'; form-action 'none'`;

const SECTIONS = [
  opening,
  timelineSection,
  warningsSection,
  tollsSection,
  disputesSection,
  sourcesSection,
  evidenceSection,
] as const;

const head = ({ source }: Facts): Html => markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="Casebook ${VERSION}">
<title>${source.header.title ?? 'Incident'} – report as of position ${source.position}</title>
<style>${{ html: STYLE }}</style>
</head>
<body>
<main>
`;

/** The footer: what readers can check, how, and what it proves. */
const foot = ({ source }: Facts, proof: ReportProof): Html => markup`</main>
<footer>
<section><h2>How to check this report</h2>
<p>Save this page and run <code>npx casebook verify --offline FILE</code>. It needs no service. Compare the key that it names with one that you trust, or give that with <code>--verifier-key</code>.</p>
<p>This proves that the ${proof.events.length} events of the incident on which the page rests, from its first on, are in the ledger that the checkpoint below signs, with none left out between them. It does not prove the wording of this page, nor that the incident had no later event. For that, export the report again as of position ${source.position} from a ledger that you have verified, and compare the two files. The names of members are those of the day on which the page was made.</p>
<pre>${proof.checkpoint}</pre>
<pre id="${PROOF_ID}" hidden>${JSON.stringify(proof)}</pre>
</section>
</footer>
</body>
</html>
`;

async function* report(source: IncidentSource, { proof }: ExportOptions): AsyncGenerator<string, void, void> {
  if (proof === undefined) throw new Error('a report without its proof');
  const facts = await factsOf(source);
  const proved = await proof();
  yield head(facts).html;
  for (const section of SECTIONS) for (const piece of section(facts)) yield piece.html;
  yield foot(facts, proved).html;
}

export const reportExport: ExportFormat = {
  mediaType: 'text/html; charset=utf-8',
  extension: 'html',
  description: 'a report for people, with a proof at its foot that npx casebook verify --offline checks',
  isProved: true,
  policy: POLICY,
  write: report,
};

export const pdfExport: ExportFormat = {
  mediaType: 'application/pdf',
  extension: 'pdf',
  description: 'the same report as a PDF, where the service has a Chromium (CASEBOOK_CHROMIUM)',
  isProved: true,
  async *write(source, options) {
    if (options.print === undefined) {
      throw new ExportRefused(
        'not-available',
        'This service has no Chromium to make a PDF with. Take export/report.html and print it, or ask the operator to set CASEBOOK_CHROMIUM.',
      );
    }
    yield* options.print(report(source, options), new Date(source.header.revisedAt));
  },
};
