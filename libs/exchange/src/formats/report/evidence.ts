import { cited, counted, type Dispute, type Facts, minuteOf, plain } from './facts.js';
import { type Html, list, markup, words } from './html.js';

/* The basis of a report: the disputes with their evidence, the documents by their origin, and the cited claims. */

type Section = Iterable<Html>;

export function* disputesSection(facts: Facts): Section {
  if (facts.disputes.length === 0) return;
  yield markup`<section><h2>Disputes</h2>
`;
  for (const dispute of facts.disputes) {
    const { question = '', state = 'open', positions = [], grounds } = dispute;
    const tone = state === 'resolved' ? 'settled' : state === 'withdrawn' ? 'quiet' : 'attack';
    const because = grounds === undefined ? undefined : markup`<p>${words(grounds)}</p>\n`;
    yield markup`<article><p><span class="badge ${tone}">${state}</span></p>
<h3>${words(question)}</h3>
${because}`;
    for (const index of positions.keys()) yield position(dispute, index, facts);
    yield markup`${settlement(dispute, facts)}</article>
`;
  }
  yield markup`</section>
`;
}

function position({ id, positions = [], resolution }: Dispute, index: number, facts: Facts): Html {
  const { statement, heldBy, evidence = [] } = positions[index]!;
  const known = facts.sources.positions.find((each) => each.disputeId === id && each.index === index);
  const prevails = resolution?.prevailing === index;
  const mark = prevails ? markup` <span class="badge settled">prevails</span>` : undefined;
  const held = heldBy === undefined ? undefined : markup`held by ${words(heldBy)} · `;
  return markup`<div class="position${prevails ? ' prevails' : ''}"><p><strong>${words(statement)}</strong>${mark}</p>
<p class="meta">${held}${counted(known?.support.sourceCount ?? 0, 'independent source')} ${cited(evidence, facts)}</p>
${list(evidence, (claim) => quoted(claim, facts))}</div>
`;
}

/** A claim as evidence: its quote and its place. */
function quoted(id: string, { claims, documents }: Facts): Html {
  const known = claims.get(id);
  if (known?.claim.anchor === undefined) return markup``;
  const { exact, documentId } = known.claim.anchor;
  const title = documents.get(documentId)?.title ?? documentId.slice(0, 19);
  return markup`<blockquote><q>${words(exact)}</q> <span class="meta">${words(title)}</span> <a class="cite" href="#claim-${known.number}">[${known.number}]</a></blockquote>`;
}

function settlement({ resolution }: Dispute, { source }: Facts): Html | undefined {
  if (resolution === undefined) return undefined;
  const { outcome, reason, decidedBy, decidedAt } = resolution;
  return markup`<div class="resolution"><p class="label">Settled: ${plain(outcome)}</p><p>${words(reason)}</p><p class="meta">${words(source.names.get(decidedBy) ?? decidedBy)}, ${minuteOf(decidedAt)}</p></div>`;
}

type Attached = Facts['source']['documents'][number];

export function* sourcesSection({ source }: Facts): Section {
  if (source.documents.length === 0) return;
  const roots = new Map<string, Attached[]>();
  for (const document of source.documents) {
    const { upstream, publisher, title } = document.details ?? { title: 'erased by law' };
    const root = upstream ?? publisher ?? title;
    const known = roots.get(root);
    if (known === undefined) roots.set(root, [document]);
    else known.push(document);
  }
  yield markup`<section><h2>Sources</h2>
<p class="meta">Documents by the report that they go back to. Documents with the same origin count as one source.</p>
<table class="wide"><thead><tr><th>goes back to</th><th>document</th><th>published</th><th>reliability</th><th>marking</th></tr></thead><tbody>
`;
  for (const [root, documents] of roots)
    for (const [index, document] of documents.entries())
      yield sourceRow(document, index === 0 ? root : undefined);
  yield markup`</tbody></table></section>
`;
}

function sourceRow({ id, details }: Attached, root: string | undefined): Html {
  const { title = 'erased by law', publisher, url, published, reliability, tlp } = details ?? {};
  const by = publisher === undefined ? undefined : markup`, ${words(publisher)}`;
  const address = url === undefined ? undefined : markup`${words(url)}<br>`;
  const origin = root === undefined ? undefined : markup`<strong>${words(root)}</strong>`;
  return markup`<tr><td>${origin}</td><td>${words(title)}${by}<br><span class="meta">${address}${id.slice(0, 19)}…</span></td><td class="short" data-label="published">${published ?? '–'}</td><td class="short" data-label="reliability">${reliability ?? '–'}</td><td class="short" data-label="marking">${tlp ?? '–'}</td></tr>
`;
}

export function* evidenceSection(facts: Facts): Section {
  if (facts.claims.size === 0) return;
  yield markup`<section><h2>Claims</h2>
<ol class="evidence">
`;
  for (const known of facts.claims.values()) yield entry(known, facts);
  yield markup`</ol></section>
`;
}

type Cited = Facts['claims'] extends ReadonlyMap<string, infer C> ? C : never;

function entry({ claim, number }: Cited, { documents }: Facts): Html {
  const { statement, anchor, asserters = [], modality, credibility, figure } = claim;
  const title = anchor && (documents.get(anchor.documentId)?.title ?? anchor.documentId);
  const said = [
    asserters.map(({ name }) => name).join(' → ') || undefined,
    title,
    anchor && `code points ${anchor.start}–${anchor.end}`,
    modality,
    credibility && `credibility ${credibility}`,
    figure && `${figure.counts} ${figure.asPrinted ?? figure.min ?? ''}`,
  ].filter((part) => part !== undefined);
  const statementOf = statement === undefined ? undefined : markup`<p>${words(statement)}</p>`;
  const quote =
    anchor === undefined ? undefined : markup`<blockquote><q>${words(anchor.exact)}</q></blockquote>`;
  return markup`<li id="claim-${number}"><span class="cite">[${number}]</span><div>${statementOf}${quote}<p class="meta">${list(said, (part) => words(String(part))!, ' · ')}</p></div></li>
`;
}
