/** The style of a report, for A4 paper and for screens of any width. Nothing is loaded: no font, no image. */
export const STYLE = `
:root { --ink: #1b1f24; --soft: #5a6370; --rule: #d5d9de; --paper: #fff; --wash: #f5f6f8; --warn: #8a5a00; --attack: #a11d2a; --good: #1d6b45; }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0 auto; padding: 2.5rem 1.25rem 4rem; max-width: 46rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 Charter, 'Bitstream Charter', 'Sitka Text', Cambria, Georgia, serif; overflow-wrap: anywhere;
  font-variant-numeric: lining-nums; hyphens: manual; }
h1, h2, h3, th, .label, .badge, .meta, .marking, figcaption, dt { font-family: system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif; }
h1 { font-size: 2rem; line-height: 1.15; letter-spacing: -.01em; margin: .3rem 0 .8rem; text-wrap: balance; }
h2 { font-size: 1.25rem; line-height: 1.25; margin: 2.75rem 0 1rem; padding-top: .6rem; border-top: 2px solid var(--ink); }
h3 { font-size: 1rem; line-height: 1.35; margin: 0 0 .35rem; }
p { margin: 0 0 .6rem; }
.lead { font-size: 1.125rem; color: #333b45; }
.label { font-size: .75rem; letter-spacing: .06em; text-transform: uppercase; color: var(--soft); font-weight: 600; }
.meta { font-size: .8125rem; line-height: 1.45; color: var(--soft); }
.marking { display: inline-block; padding: .1rem .5rem; border: 1.5px solid var(--ink); font-size: .75rem; font-weight: 700; letter-spacing: .04em; }
.badge { display: inline-block; font-size: .75rem; line-height: 1.4; font-weight: 600; padding: .05rem .45rem; border-radius: 1rem; border: 1px solid currentColor; white-space: nowrap; }
.warning { color: var(--warn); } .attack { color: var(--attack); } .settled { color: var(--good); } .quiet { color: var(--soft); }
dl.counts { display: grid; grid-template-columns: repeat(auto-fit, minmax(6.5rem, 1fr)); gap: .75rem 1.25rem; margin: 1.5rem 0 0; padding: 1rem 0; border-top: 1px solid var(--rule); border-bottom: 1px solid var(--rule); }
dl.counts div { display: flex; flex-direction: column-reverse; justify-content: flex-end; }
dl.counts dd { margin: 0; font-size: 1.5rem; line-height: 1.2; font-variant-numeric: tabular-nums lining-nums; }
dl.counts dt { font-size: .75rem; line-height: 1.35; color: var(--soft); }
ol.timeline { list-style: none; margin: 0; padding: 0; }
ol.timeline > li { display: grid; grid-template-columns: 9.5rem 1fr; gap: .25rem 1.25rem; padding: .7rem 0; border-bottom: 1px solid var(--rule); }
ol.timeline .when { font-variant-numeric: tabular-nums lining-nums; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem 1.5rem; padding: 1.1rem 0; border-bottom: 1px solid var(--rule); }
.pair > div + div { border-left: 1px solid var(--rule); padding-left: 1.5rem; }
.linked + .linked { margin-top: 1rem; }
table { width: 100%; border-collapse: collapse; margin: .5rem 0 1.5rem; font-size: .9375rem; line-height: 1.4; }
caption { text-align: left; padding: 0 0 .4rem; }
th, td { text-align: left; vertical-align: top; padding: .45rem .9rem .45rem 0; border-bottom: 1px solid var(--rule); }
th { font-size: .75rem; color: var(--soft); font-weight: 600; border-bottom: 1px solid var(--ink); }
th, td.short { white-space: nowrap; overflow-wrap: normal; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums lining-nums; white-space: nowrap; }
td:last-child, th:last-child { padding-right: 0; }
th.drawn { width: 26%; }
svg.range { display: block; width: 100%; min-width: 7rem; height: 1.15rem; margin-top: .1rem; }
article { margin: 0 0 1.75rem; }
.position { margin: .8rem 0 0; padding: .7rem 0 .1rem 1rem; border-left: 3px solid var(--rule); }
.position.prevails { border-left-color: var(--good); }
blockquote { margin: .45rem 0; padding: 0; font-size: .9375rem; line-height: 1.45; }
blockquote q { quotes: '“' '”'; }
.resolution { margin-top: .9rem; padding: .75rem 1rem; background: var(--wash); }
.resolution p:last-child { margin-bottom: 0; }
ol.evidence { list-style: none; padding: 0; margin: 0; }
ol.evidence > li { display: grid; grid-template-columns: 3rem 1fr; padding: .65rem 0; border-bottom: 1px solid var(--rule); }
.cite { font-family: system-ui, 'Segoe UI', Roboto, Arial, sans-serif; font-size: .8125rem; color: var(--soft); text-decoration: none; font-variant-numeric: tabular-nums lining-nums; white-space: nowrap; }
a { color: inherit; }
pre { font: .75rem/1.5 ui-monospace, 'Cascadia Mono', Consolas, 'DejaVu Sans Mono', monospace; white-space: pre-wrap; overflow-wrap: anywhere; padding: .85rem 1rem; background: var(--wash); margin: .6rem 0 1rem; }
code { font: .875em ui-monospace, 'Cascadia Mono', Consolas, 'DejaVu Sans Mono', monospace; }
[hidden] { display: none !important; }
@media (max-width: 34rem) {
  body { padding: 1.5rem 1rem 3rem; }
  h1 { font-size: 1.625rem; }
  ol.timeline > li { grid-template-columns: 1fr; }
  .pair { grid-template-columns: 1fr; }
  .pair > div + div { border-left: 0; padding-left: 0; border-top: 1px dashed var(--rule); padding-top: .9rem; }
  .wide, .wide tbody, .wide tr, .wide td { display: block; }
  .wide caption { display: block; }
  .wide thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .wide tr { padding: .6rem 0; border-bottom: 1px solid var(--rule); }
  .wide td { border: 0; padding: .1rem 0; text-align: left; white-space: normal; }
  .wide td[data-label]::before { content: attr(data-label) ': '; font-family: system-ui, sans-serif; font-size: .75rem; color: var(--soft); }
}
@media print {
  @page { size: A4; margin: 20mm 18mm 22mm; @bottom-right { content: counter(page) ' / ' counter(pages); font: 8pt system-ui, sans-serif; color: #5a6370; } }
  body { max-width: none; padding: 0; font-size: 10pt; line-height: 1.45; orphans: 3; widows: 3; }
  h1 { font-size: 22pt; } h2 { font-size: 13pt; margin-top: 9mm; } h3 { font-size: 10.5pt; }
  .lead { font-size: 11.5pt; } .meta, .cite { font-size: 8.5pt; } table { font-size: 9.5pt; }
  h1, h2, h3, caption { break-after: avoid; }
  ol.timeline > li, ol.evidence > li, .pair, .position, .resolution, tr, pre, dl.counts { break-inside: avoid; }
  thead { display: table-header-group; }
  a { text-decoration: none; }
  pre { font-size: 7.5pt; }
}
`;
