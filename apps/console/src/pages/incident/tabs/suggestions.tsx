import { useState } from 'react';
import { type Suggestion, useDecide, useSuggestions } from '../../../data/analysis.js';
import { annotationIn } from '../../../data/annotations.js';
import { titleOf } from '../../../data/describe.js';
import { useNames } from '../../../data/queries.js';
import { useWriting } from '../../../data/session.js';
import { newKey } from '../../../data/writes.js';
import type { Incident } from '../../../data/types.js';
import { Button } from '../../../parts/button.js';
import { Chip } from '../../../parts/chip.js';
import { SelectField, TextField } from '../../../parts/field.js';
import { EmptyState, Loaded } from '../../../parts/states.js';
import { atMinute } from '../../../parts/when.js';
import { strings } from '../../../strings/incident.js';
import css from '../incident.module.css';
import { Picked } from '../picked.js';
import type { TabProps } from '../tab.js';

const STATES = Object.keys(strings.suggestionStates) as Suggestion['state'][];

/** Possible oversights, to accept or to dismiss with a reason. */
export function Suggestions({ incident }: TabProps) {
  const [state, setState] = useState<Suggestion['state']>('open');
  return (
    <section>
      <div className={css['sectionHead']}>
        <h2>{strings.suggestions}</h2>
        <SelectField
          label={strings.suggestionState}
          value={state}
          onChange={({ target }) => setState(target.value as Suggestion['state'])}
        >
          {STATES.map((each) => (
            <option key={each} value={each}>
              {strings.suggestionStates[each]}
            </option>
          ))}
        </SelectField>
      </div>
      <Loaded query={useSuggestions(incident.id, state)}>
        {(suggestions) => (
          <ul className={css['rows']}>
            {suggestions.length === 0 && (
              <li>
                <EmptyState>{state === 'open' ? strings.none.suggestion : strings.noneDecided}</EmptyState>
              </li>
            )}
            {suggestions.map((suggestion) => (
              <Suggested key={suggestion.id} incident={incident} suggestion={suggestion} />
            ))}
          </ul>
        )}
      </Loaded>
    </section>
  );
}

interface SuggestedProps {
  readonly incident: Incident;
  readonly suggestion: Suggestion;
}

function Suggested({ incident, suggestion }: SuggestedProps) {
  const { id, sentence, subjects, state, holds, decision } = suggestion;
  const nameOf = useNames();
  return (
    <li>
      <p dir="auto">{sentence}</p>
      <ul className={css['subjects']}>
        {subjects.map((subject) => {
          const found = annotationIn(incident, subject);
          return (
            found !== undefined && (
              <li key={subject}>
                <Picked id={subject}>{titleOf(found)}</Picked>
              </li>
            )
          );
        })}
      </ul>
      {decision !== undefined && (
        <p className={css['meta']}>
          <span>
            {strings.decided(strings.suggestionStates[state], nameOf(decision.by), atMinute(decision.at))}
          </span>
          {decision.reason !== undefined && <q dir="auto">{decision.reason}</q>}
          {!holds && <Chip>{strings.noLongerSo}</Chip>}
        </p>
      )}
      <Decide key={id} incident={incident.id} suggestion={suggestion} />
    </li>
  );
}

function Decide({ incident, suggestion }: { readonly incident: string; readonly suggestion: Suggestion }) {
  const writing = useWriting();
  const decide = useDecide(incident);
  const [reason, setReason] = useState<string>();
  const send = (accept: boolean): void =>
    decide.mutate({ suggestion: suggestion.id, accept, reason: reason ?? '', key: newKey() });
  if (!writing || suggestion.state !== 'open') return null;
  if (reason === undefined)
    return (
      <div className={css['buttons']}>
        <Button onClick={() => send(true)} disabled={decide.isPending}>
          {strings.accept}
        </Button>
        <Button look="quiet" onClick={() => setReason('')}>
          {strings.dismissSuggestion}
        </Button>
      </div>
    );
  return (
    <form
      className={css['inline']}
      onSubmit={(event) => {
        event.preventDefault();
        send(false);
      }}
    >
      <TextField
        label={strings.dismissWhy}
        value={reason}
        required
        autoFocus
        onChange={(event) => setReason(event.target.value)}
      />
      <Button type="submit" look="primary" disabled={decide.isPending}>
        {strings.dismissConfirm}
      </Button>
      <Button look="quiet" onClick={() => setReason(undefined)}>
        {strings.cancel}
      </Button>
    </form>
  );
}
