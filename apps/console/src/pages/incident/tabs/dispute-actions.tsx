import { useState } from 'react';
import { useAddress } from '../../../address/address.js';
import { useDisputeStep, useSettle } from '../../../data/analysis.js';
import { sentenceOf } from '../../../data/problems.js';
import { useMay, useWriting } from '../../../data/session.js';
import type { Dispute, Incident } from '../../../data/types.js';
import { newKey } from '../../../data/writes.js';
import { Button } from '../../../parts/button.js';
import { SelectField, TextArea } from '../../../parts/field.js';
import { useKey } from '../../../keys/keyboard.js';
import { strings } from '../../../strings/incident.js';
import { words } from '../../../strings/vocabulary.js';
import css from '../incident.module.css';

const text = strings.dispute;
type Step = 'settle' | 'withdrawal' | 'reopening';

interface ActionsProps {
  readonly incident: Incident;
  readonly dispute: Dispute;
}

/** Settle, withdraw, reopen, edit: the actions allowed by the dispute's state and the member's role. */
export function DisputeActions({ incident, dispute }: ActionsProps) {
  const { change } = useAddress();
  const writing = useWriting();
  const maySettle = useMay('adjudicate');
  const [step, setStep] = useState<Step>();
  if (!writing) return null;
  const isOpen = dispute.state === 'open' || dispute.state === 'reopened';
  if (step !== undefined)
    return <StepForm incident={incident} dispute={dispute} step={step} onClose={() => setStep(undefined)} />;
  return (
    <div className={css['buttons']}>
      {isOpen && maySettle && (
        <Button look="primary" onClick={() => setStep('settle')}>
          {text.settle}
        </Button>
      )}
      {isOpen && <Button onClick={() => setStep('withdrawal')}>{text.withdraw}</Button>}
      {!isOpen && <Button onClick={() => setStep('reopening')}>{text.reopen}</Button>}
      <Button look="quiet" onClick={() => change({ on: dispute.id, edit: '1', new: undefined })}>
        {text.edit}
      </Button>
      {isOpen && !maySettle && <span className={css['soft']}>{text.mayNotSettle}</span>}
    </div>
  );
}

interface StepProps extends ActionsProps {
  readonly step: Step;
  readonly onClose: () => void;
}

function StepForm({ incident, dispute, step, onClose }: StepProps) {
  const settle = useSettle(incident.id);
  const other = useDisputeStep(incident.id);
  const [outcome, setOutcome] = useState<keyof typeof words.outcome>('prevails');
  const [prevailing, setPrevailing] = useState(0);
  const [reason, setReason] = useState('');
  const send = (): void => {
    const command = { dispute: dispute.id, revision: dispute.revision, key: newKey() };
    const done = { onSuccess: onClose };
    if (step !== 'settle') return other.mutate({ ...command, body: { step, reason: reason.trim() } }, done);
    const body = { outcome, reason: reason.trim(), ...(outcome === 'prevails' && { prevailing }) };
    return settle.mutate({ ...command, body }, done);
  };
  useKey('record', send);
  useKey('back', onClose);
  const { positions = [] } = dispute;
  return (
    <form
      className={css['step']}
      aria-label={text.confirm[step]}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {step === 'settle' && (
        <SelectField
          label={text.outcome}
          value={outcome}
          autoFocus
          onChange={({ target }) => setOutcome(target.value as keyof typeof words.outcome)}
        >
          {Object.entries(words.outcome).map(([value, word]) => (
            <option key={value} value={value}>
              {word}
            </option>
          ))}
        </SelectField>
      )}
      {step === 'settle' && outcome === 'prevails' && (
        <SelectField
          label={text.prevailing}
          value={prevailing}
          onChange={({ target }) => setPrevailing(Number(target.value))}
        >
          {positions.map(({ statement }, index) => (
            <option key={index} value={index}>
              {statement}
            </option>
          ))}
        </SelectField>
      )}
      <TextArea
        label={text.reason}
        value={reason}
        autoFocus={step !== 'settle'}
        fault={settle.error === null ? undefined : sentenceOf(settle.error)}
        onChange={(event) => setReason(event.target.value)}
      />
      <div className={css['buttons']}>
        <Button type="submit" look="primary" keyName="record" disabled={settle.isPending || other.isPending}>
          {text.confirm[step]}
        </Button>
        <Button look="quiet" onClick={onClose}>
          {strings.cancel}
        </Button>
      </div>
    </form>
  );
}
