import { useState } from 'react';
import { pathTo, useAddress } from '../../address/address.js';
import { useAttach } from '../../data/library.js';
import { useDocuments, useIncidents } from '../../data/queries.js';
import { useWriting } from '../../data/session.js';
import type { Document, IncidentSummary } from '../../data/types.js';
import { newKey } from '../../data/writes.js';
import { Button } from '../../parts/button.js';
import { Dialog } from '../../parts/dialog.js';
import { TextField } from '../../parts/field.js';
import { EmptyState, Loaded } from '../../parts/states.js';
import { strings } from '../../strings/home.js';
import css from './home.module.css';

/** The library: every document, with a way to open it in an incident, where it is annotated. */
export function DocumentList() {
  const [words, setWords] = useState('');
  const [chosen, setChosen] = useState<Document>();
  const writing = useWriting();
  const matches = ({ title = '', publisher = '' }: Document): boolean =>
    words
      .toLowerCase()
      .split(/\s+/)
      .every((word) => `${title} ${publisher}`.toLowerCase().includes(word));
  return (
    <section className={css['section']}>
      <h2>{strings.documents}</h2>
      <Loaded query={useDocuments()}>
        {(documents) => {
          if (documents.length === 0) return <EmptyState>{strings.noDocuments}</EmptyState>;
          const found = documents.filter(matches);
          return (
            <>
              <div className={css['filter']}>
                <TextField
                  label={strings.filter}
                  type="search"
                  value={words}
                  onChange={({ target }) => setWords(target.value)}
                />
              </div>
              {found.length === 0 && <p className={css['quiet']}>{strings.noMatch}</p>}
              <ul>
                {found.map((document) => (
                  <li key={document.id} className={css['row']}>
                    <div>
                      <span dir="auto">{document.title}</span>
                      <span className={css['meta']}>
                        {[document.publisher, document.published, strings.words(document.codePoints)]
                          .filter((each) => each !== undefined)
                          .join(' · ')}
                      </span>
                    </div>
                    {writing && (
                      <Button look="quiet" onClick={() => setChosen(document)}>
                        {strings.inIncident}
                      </Button>
                    )}
                  </li>
                ))}
              </ul>
            </>
          );
        }}
      </Loaded>
      {chosen !== undefined && <ChooseIncident document={chosen} onClose={() => setChosen(undefined)} />}
    </section>
  );
}

function ChooseIncident({
  document,
  onClose,
}: {
  readonly document: Document;
  readonly onClose: () => void;
}) {
  return (
    <Dialog title={strings.attachTo(document.title ?? '')} onClose={onClose}>
      <div className={css['form']}>
        <p className={css['quiet']}>{strings.attachLead}</p>
        <Loaded query={useIncidents()}>
          {(incidents) => (
            <ul className={css['choice']}>
              {incidents
                .filter(({ status }) => status === 'open')
                .map((incident) => (
                  <li key={incident.id}>
                    <AttachButton incident={incident} document={document} />
                  </li>
                ))}
            </ul>
          )}
        </Loaded>
      </div>
    </Dialog>
  );
}

function AttachButton({
  incident,
  document,
}: {
  readonly incident: IncidentSummary;
  readonly document: Document;
}) {
  const attach = useAttach(incident.id);
  const { go } = useAddress();
  const [key] = useState(newKey);
  return (
    <Button
      disabled={attach.isPending}
      onClick={() =>
        attach.mutate(
          { documentId: document.id, key },
          { onSuccess: () => go(pathTo.document(incident.id, document.id)) },
        )
      }
    >
      <span dir="auto">{incident.title}</span>
    </Button>
  );
}
