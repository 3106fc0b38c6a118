import { Link } from 'wouter';
import { pathTo, useAddress } from '../../../address/address.js';
import { stands } from '../../../data/annotations.js';
import { sentenceOfLink, titleOf } from '../../../data/describe.js';
import { contestedIn, disputedIn } from '../../../data/disputed.js';
import type { Annotation, Incident } from '../../../data/types.js';
import { Chip } from '../../../parts/chip.js';
import { useRows } from '../../../parts/use-rows.js';
import { strings } from '../../../strings/incident.js';
import { words } from '../../../strings/vocabulary.js';
import { Squares } from '../forms/specificity.js';
import css from '../incident.module.css';
import { Nothing, Picked, ROWS } from '../picked.js';
import type { TabProps } from '../tab.js';
import { Suggestions } from './suggestions.js';

export function OverviewTab({ incident }: TabProps) {
  const { list } = useRows<HTMLDivElement>(ROWS);
  return (
    <div ref={list} className={css['overview']}>
      {incident.summary !== undefined && (
        <p className={css['summary']} dir="auto">
          {incident.summary}
        </p>
      )}
      <Happenings incident={incident} />
      <Listed incident={incident} kind="link" title={strings.links} />
      <Listed incident={incident} kind="dispute" title={strings.tab.disputes} />
      <Suggestions incident={incident} />
      <Items incident={incident} />
      <Documents incident={incident} />
    </div>
  );
}

function Happenings({ incident }: TabProps) {
  const disputed = disputedIn(incident);
  const linked = new Set(incident.links.filter(stands).map(({ warningId }) => warningId));
  const warnings = incident.warnings.filter(stands);
  const attacks = incident.attacks.filter(stands);
  const contested = contestedIn(incident, disputed);
  const isDisputed = (id: string) =>
    (disputed.has(id) || contested.has(id)) && (
      <Chip status="disputed">{disputed.has(id) ? strings.disputed : strings.evidenceDisputed}</Chip>
    );
  return (
    <>
      <section>
        <h2>{strings.warnings}</h2>
        {warnings.length === 0 && <Nothing>{strings.none.warning}</Nothing>}
        <ul className={css['rows']}>
          {warnings.map((warning) => (
            <li key={warning.id}>
              <Picked id={warning.id}>{titleOf({ ...warning, kind: 'warning' })}</Picked>
              <p className={css['meta']}>
                <span>{warning.issuedAt?.edtf ?? warning.issuedAt?.asPrinted ?? strings.undated}</span>
                {warning.issuedBy !== undefined && <span dir="auto">{warning.issuedBy}</span>}
                {!linked.has(warning.id) && <Chip status="hedged">{strings.standingAlone}</Chip>}
                {isDisputed(warning.id)}
              </p>
              <Squares value={warning.specificity ?? {}} />
            </li>
          ))}
        </ul>
      </section>
      <section>
        <h2>{strings.attacks}</h2>
        {attacks.length === 0 && <Nothing>{strings.none.attack}</Nothing>}
        <ul className={css['rows']}>
          {attacks.map((attack) => (
            <li key={attack.id}>
              <Picked id={attack.id}>{titleOf({ ...attack, kind: 'attack' })}</Picked>
              <p className={css['meta']}>
                <span>{attack.occurredAt?.edtf ?? attack.occurredAt?.asPrinted ?? strings.undated}</span>
                {attack.place?.name !== undefined && <span dir="auto">{attack.place.name}</span>}
                {attack.evidence !== undefined && <span>{strings.claims(attack.evidence.length)}</span>}
                {isDisputed(attack.id)}
              </p>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

interface ListedProps {
  readonly incident: Incident;
  readonly kind: 'link' | 'dispute';
  readonly title: string;
}

function Listed({ incident, kind, title }: ListedProps) {
  const all = (kind === 'link' ? incident.links : incident.disputes).filter(stands) as Annotation[];
  return (
    <section>
      <h2>{title}</h2>
      {all.length === 0 && <Nothing>{strings.none[kind]}</Nothing>}
      <ul className={css['rows']}>
        {all.map((each) => (
          <li key={each.id}>
            <Picked id={each.id}>
              {each.kind === 'link' ? sentenceOfLink(incident, each) : titleOf(each)}
            </Picked>
            <p className={css['meta']}>
              {each.kind === 'link' && each.assessment !== undefined && (
                <Chip>{words.assessment[each.assessment]}</Chip>
              )}
              {each.kind === 'link' && each.confidence !== undefined && (
                <span>{strings.graph.confidence(words.confidence[each.confidence])}</span>
              )}
              {each.kind === 'dispute' && each.state !== undefined && (
                <Chip status={each.state === 'resolved' ? 'settled' : 'disputed'}>
                  {words.status[each.state]}
                </Chip>
              )}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Items from other tools that Casebook has no kind for; no heading if there are none. */
function Items({ incident }: TabProps) {
  const items = incident.items.filter(stands);
  if (items.length === 0) return null;
  return (
    <section>
      <h2>{strings.items}</h2>
      <ul className={css['rows']}>
        {items.map((item) => (
          <li key={item.id}>
            <Picked id={item.id}>{titleOf({ ...item, kind: 'item' })}</Picked>
            <p className={css['meta']}>
              {item.format !== undefined && (
                <span>{strings.itemFormat(words.format[item.format], item.type ?? '')}</span>
              )}
              {item.origin?.attributedTo?.name !== undefined && (
                <span dir="auto">{item.origin.attributedTo.name}</span>
              )}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Documents({ incident }: TabProps) {
  const { to } = useAddress();
  return (
    <section>
      <h2>{strings.documents}</h2>
      {incident.documents.length === 0 && <Nothing>{strings.noDocuments}</Nothing>}
      <ul className={css['rows']}>
        {incident.documents.map(({ id, title, publisher }) => (
          <li key={id}>
            <Link href={to(pathTo.document(incident.id, id))} dir="auto" data-row="">
              {title ?? id}
            </Link>
            {publisher !== undefined && (
              <p className={css['meta']} dir="auto">
                {publisher}
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
