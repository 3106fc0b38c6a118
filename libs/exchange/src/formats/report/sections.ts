import { type CasualtiesView, type ScorecardView, TLP_ORDER, tlpRank } from '@casebook/contracts';
import { cited, counted, dateOf, type Facts, minuteOf, plain } from './facts.js';
import { type Html, list, markup, words } from './html.js';

/* The report's sections on warnings and attacks. Empty sections are left out; each comes in pieces. */

type Section = Iterable<Html>;

export function* opening({ source, at, claims, scorecard, casualties, disputes }: Facts): Section {
  const { header, documents, position } = source;
  const ranks = documents.map(({ details }) => tlpRank(details === null ? 'red' : details.tlp));
  const marking = TLP_ORDER[Math.max(0, ...ranks)] ?? 'clear';
  const isOpen = (state: string | undefined): boolean => state === 'open' || state === 'reopened';
  const counts: readonly (readonly [string, number])[] = [
    ['documents', documents.length],
    ['claims', claims.size],
    ['warnings', scorecard.warnings.length],
    ['attacks', casualties.attacks.length],
    ['open disputes', disputes.filter(({ state }) => isOpen(state)).length],
    ['settled disputes', disputes.filter(({ state }) => state === 'resolved').length],
  ];
  const { title = 'Untitled incident', summary } = header;
  const lead = summary === undefined ? undefined : markup`<p class="lead">${words(summary)}</p>\n`;
  yield markup`<header>
<p class="label">Casebook report <span class="marking">TLP:${marking.toUpperCase()}</span></p>
<h1>${words(title)}</h1>
${lead}<p class="meta">As of position ${position} of the ledger; last changed ${minuteOf(at)}. The incident is ${header.status}.<br>Incident ${header.id}</p>
<dl class="counts">${list(counts, ([name, count]) => markup`<div><dt>${name}</dt><dd>${count}</dd></div>`)}</dl>
</header>
`;
}

export function* timelineSection({ timeline }: Facts): Section {
  if (timeline.entries.length === 0) return;
  yield markup`<section><h2>Timeline</h2>
<ol class="timeline">
`;
  for (const { kind, summary, date, window, place } of timeline.entries) {
    const foretold =
      window === undefined ? undefined : markup`<br><span class="meta">foretold for ${dateOf(window)}</span>`;
    const where =
      place?.name === undefined ? undefined : markup`<br><span class="meta">${words(place.name)}</span>`;
    yield markup`<li><div class="when">${dateOf(date)}</div><div><span class="badge ${kind}">${kind}</span> ${words(summary)}${foretold}${where}</div></li>
`;
  }
  yield markup`</ol></section>
`;
}

type Scored = ScorecardView['warnings'][number];

const PARTS = ['when', 'where', 'who', 'how'] as const;
const CONTESTED = { contested: 'attack', settled: 'settled', uncontested: 'quiet' } as const;

export function* warningsSection({ scorecard }: Facts): Section {
  if (scorecard.warnings.length === 0) return;
  yield markup`<section><h2>Warnings beside attacks</h2>
`;
  for (const warning of scorecard.warnings) yield warningPair(warning);
  yield markup`</section>
`;
}

function warningPair(warning: Scored): Html {
  const { summary, issuedBy, told, issuedAt, channel, specificity, disclosed, links, contested } = warning;
  const { sourceCount, documentCount } = warning.support;
  const said = [
    issuedBy === undefined ? '' : `from ${issuedBy}`,
    told.length === 0 ? '' : `to ${told.join(', ')}`,
    channel === undefined ? '' : `by ${channel}`,
  ].filter((part) => part !== '');
  const through = said.length === 0 ? undefined : markup`${words(said.join(', '))}<br>`;
  const judged = PARTS.map((part) => `${part} ${specificity[part] ?? 'not judged'}`).join(' · ');
  return markup`<div class="pair"><div>
<p><span class="badge warning">warning</span> <span class="badge ${CONTESTED[contested]}">${contested}</span></p>
<h3>${words(summary)}</h3>
<p>${dateOf(issuedAt)}</p>
<p class="meta">${through}${judged}<br>${disclosure(disclosed)}<br>${counted(sourceCount, 'independent source')}, ${counted(documentCount, 'document')}</p>
</div><div>
${links.length === 0 ? markup`<p class="quiet">Linked to no attack.</p>` : list(links, linked)}
</div></div>
`;
}

function disclosure(disclosed: Scored['disclosed']): string {
  if (disclosed === null) return 'disclosure not judged';
  return disclosed === 'unknown' ? 'disclosed at an unknown time' : `disclosed ${disclosed} the event`;
}

function linked({ attack, relation, assessment, confidence, leadTime }: Scored['links'][number]): Html {
  const said = [
    relation,
    assessment && `${assessment} to belong together`,
    confidence && `${confidence} confidence`,
    leadOf(leadTime),
  ].filter((part) => part !== undefined);
  return markup`<div class="linked"><p><span class="badge attack">attack</span></p>
<h3>${words(attack)}</h3>
<p class="meta">${said.map(plain).join(' · ')}</p></div>`;
}

function leadOf(lead: Scored['links'][number]['leadTime']): string | undefined {
  if (lead === null) return undefined;
  const { minDays: least, maxDays: most, order } = lead;
  if (order === 'after') return 'after the attack';
  if (order === 'same-day') return 'on the day of the attack';
  if (least !== null && least === most) return `${counted(least, 'day')} before`;
  if (least === null && most === null) return undefined;
  if (least === null) return `at most ${most} days before`;
  return most === null ? `at least ${least} days before` : `${least} to ${most} days before`;
}

type Toll = CasualtiesView['attacks'][number]['tolls'][number];

export function* tollsSection(facts: Facts): Section {
  const attacks = facts.casualties.attacks.filter(({ tolls }) => tolls.length > 0);
  if (attacks.length === 0) return;
  yield markup`<section><h2>Tolls</h2>
<p class="meta">Each bar runs from the lowest to the highest figure that is stated; the mark is the best one.</p>
`;
  for (const { summary, occurredAt, tolls } of attacks) {
    const most = Math.max(1, ...tolls.flatMap(({ high, best }) => [high ?? 0, best?.max ?? 0]));
    yield markup`<table class="wide"><caption><h3>${words(summary)}</h3><span class="meta">${dateOf(occurredAt)}</span></caption>
<thead><tr><th>counted</th><th class="number">lowest</th><th class="number">best</th><th class="number">highest</th><th class="drawn">range</th><th>rests on</th></tr></thead>
<tbody>${list(tolls, (toll) => tollRow(toll, most, facts))}</tbody></table>
`;
  }
  yield markup`</section>
`;
}

function tollRow(toll: Toll, most: number, facts: Facts): Html {
  const { counts, low, high, openBelow, openAbove, best, support } = toll;
  const basis = best === null ? '' : best.basis === 'analyst' ? 'set by an analyst; ' : 'most sources; ';
  return markup`<tr><td>${words(counts)}</td><td class="number" data-label="lowest">${openBelow ? '≤ ' : ''}${low ?? '–'}</td><td class="number" data-label="best"><strong>${rangeOf(best)}</strong></td><td class="number" data-label="highest">${high ?? '–'}${openAbove ? ' or more' : ''}</td><td>${bar(toll, most)}</td><td><span class="meta">${basis}${counted(support.sourceCount, 'source')}</span> ${cited(best?.claims ?? [], facts)}</td></tr>`;
}

function rangeOf(best: Toll['best']): string {
  if (best === null) return '–';
  const [least, most] = [best.min ?? '?', best.max ?? '?'];
  return least === most ? String(least) : `${least}–${most}`;
}

/** A range drawn to scale, 0 to `most`. */
function bar({ low, high, best }: Toll, most: number): Html {
  const at = (value: number): number => Math.round((2 + (value / most) * 96) * 10) / 10;
  const left = at(low ?? high ?? best?.min ?? 0);
  const right = at(high ?? low ?? best?.max ?? 0);
  const mark = best?.min ?? best?.max ?? undefined;
  const drawn =
    mark === undefined
      ? undefined
      : markup`<rect x="${at(mark) - 0.75}" y="0" width="1.5" height="12" fill="#a11d2a"/>`;
  return markup`<svg class="range" viewBox="0 0 100 12" preserveAspectRatio="none" role="img" aria-label="from ${low ?? 'unknown'} to ${high ?? 'unknown'}"><line x1="2" y1="6" x2="98" y2="6" stroke="#d5d9de" stroke-width="1"/><line x1="${left}" y1="6" x2="${Math.max(right, left + 0.5)}" y2="6" stroke="#5a6370" stroke-width="4"/>${drawn}</svg>`;
}
