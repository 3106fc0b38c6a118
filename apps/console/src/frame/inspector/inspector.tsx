import { Suspense, useState } from 'react';
import { pathTo, subjectOf, useAddress } from '../../address/address.js';
import { annotationIn, stands } from '../../data/annotations.js';
import { sentenceOfLink, titleOf } from '../../data/describe.js';
import { disputedIn } from '../../data/disputed.js';
import { useIncident, useNames } from '../../data/queries.js';
import { useWriting } from '../../data/session.js';
import type { Annotation, Incident } from '../../data/types.js';
import { useKey } from '../../keys/keyboard.js';
import { Button } from '../../parts/button.js';
import { Chip } from '../../parts/chip.js';
import { later } from '../../parts/later.js';
import { Loaded } from '../../parts/states.js';
import { atMinute } from '../../parts/when.js';
import { strings } from '../../strings/inspector.js';
import { words } from '../../strings/vocabulary.js';
import { AnnotationHistory } from './annotation-history.js';
import { Comments } from './comments.js';
import { Fields, References } from './fields.js';
import css from './inspector.module.css';
import { RetractDialog } from './retract-dialog.js';

/* The code for checking proofs is loaded after the page. */
const ProofSection = later(async () => (await import('./proof-section.js')).ProofSection);

/** Everything about the selected annotation, the same on every page. */
export function Inspector({
  incident,
  annotation,
}: {
  readonly incident: string;
  readonly annotation: string;
}) {
  return (
    <Loaded query={useIncident(incident)}>
      {(view) => {
        const found = annotationIn(view, annotation);
        return found === undefined ? (
          <p className={css['inspector']}>{strings.notThere}</p>
        ) : (
          <Inspected incident={view} annotation={found} />
        );
      }}
    </Loaded>
  );
}

interface InspectedProps {
  readonly incident: Incident;
  readonly annotation: Annotation;
}

function Inspected({ incident, annotation }: InspectedProps) {
  const [why, setWhy] = useState(false);
  useKey('why', () => setWhy(!why));
  const { id } = annotation;
  const disputes = incident.disputes.filter((each) => stands(each) && each.targets?.includes(id) === true);
  const links = incident.links.filter(
    (each) => stands(each) && [each.warningId, each.attackId, each.earlierAttackId].includes(id),
  );
  return (
    <div className={css['inspector']}>
      <Head incident={incident} annotation={annotation} why={why} onWhy={() => setWhy(!why)} />
      <Fields incident={incident} annotation={annotation} why={why} />
      {disputes.length > 0 && (
        <section className={css['section']}>
          <h3>{strings.disputes}</h3>
          <References incident={incident} ids={disputes.map((each) => each.id)} />
        </section>
      )}
      {links.length > 0 && (
        <section className={css['section']}>
          <h3>{strings.links}</h3>
          <References incident={incident} ids={links.map((each) => each.id)} />
        </section>
      )}
      {annotation.kind !== 'comment' && <Comments incident={incident} about={id} />}
      <AnnotationHistory incident={incident.id} annotation={id} />
      <Suspense fallback={null}>
        <ProofSection incident={incident.id} annotation={id} />
      </Suspense>
    </div>
  );
}

interface HeadProps extends InspectedProps {
  readonly why: boolean;
  readonly onWhy: () => void;
}

function Head({ incident, annotation, why, onWhy }: HeadProps) {
  const { change } = useAddress();
  const nameOf = useNames();
  const { kind, status, revision, recordedBy, recordedAt, revisedBy, revisedAt, retraction } = annotation;
  const isDisputed = disputedIn(incident).has(annotation.id);
  return (
    <header className={css['head']}>
      <div className={css['chips']}>
        <Chip>{words.kind[kind]}</Chip>
        {(status !== 'active' || kind === 'dispute') && <Chip>{words.status[status]}</Chip>}
        {isDisputed && <Chip status="disputed">{strings.disputed}</Chip>}
        <Button
          look="quiet"
          className={css['close']}
          keyName="back"
          onClick={() => change({ on: undefined })}
        >
          {strings.close}
        </Button>
      </div>
      <h2 className={css['title']} dir="auto">
        {annotation.kind === 'link' ? sentenceOfLink(incident, annotation) : titleOf(annotation)}
      </h2>
      <p className={css['meta']}>
        {revision === 1
          ? strings.recorded(nameOf(recordedBy), atMinute(recordedAt))
          : strings.revised(revision, nameOf(revisedBy), atMinute(revisedAt))}
      </p>
      {retraction !== undefined && (
        <p className={css['retraction']}>
          {strings.retracted(nameOf(retraction.by), atMinute(retraction.at))}
          {retraction.reason !== undefined && <q dir="auto">{retraction.reason}</q>}
        </p>
      )}
      <Actions incident={incident} annotation={annotation} why={why} onWhy={onWhy} />
    </header>
  );
}

function Actions({ incident, annotation, why, onWhy }: HeadProps) {
  const { path, change, go } = useAddress();
  const writing = useWriting() && stands(annotation);
  const [retracting, setRetracting] = useState(false);
  useKey('retract', () => setRetracting(true), writing);
  // Made by another tool; there is no form for it.
  const hasForm = annotation.kind !== 'item';
  const document = annotation.kind === 'claim' ? annotation.anchor?.documentId : undefined;
  const isHere = subjectOf(path).document === document;
  const edit = (): void => {
    if (document === undefined || isHere) change({ edit: '1', on: annotation.id });
    else go(pathTo.document(incident.id, document), { on: annotation.id, edit: '1' });
  };
  return (
    <div className={css['actions']}>
      {writing && hasForm && (
        <Button keyName="edit" onClick={edit}>
          {strings.edit}
        </Button>
      )}
      {writing && (
        <Button keyName="retract" onClick={() => setRetracting(true)}>
          {strings.retract}
        </Button>
      )}
      <Button keyName="why" aria-pressed={why} onClick={onWhy}>
        {why ? strings.whyHide : strings.why}
      </Button>
      {document !== undefined && !isHere && (
        <Button onClick={() => go(pathTo.document(incident.id, document), { on: annotation.id })}>
          {strings.inDocument}
        </Button>
      )}
      {retracting && (
        <RetractDialog incident={incident.id} annotation={annotation} onClose={() => setRetracting(false)} />
      )}
    </div>
  );
}
