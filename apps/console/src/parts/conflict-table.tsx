import { useId, useState } from 'react';
import type { Conflict } from '../data/conflicts.js';
import { strings } from '../strings/conflicts.js';
import { Button } from './button.js';
import css from './conflict-table.module.css';
import { Value } from './value.js';

interface ConflictTableProps {
  readonly conflict: Conflict;
  /** The chosen value of each field that both changed. */
  readonly onChoose: (changes: Record<string, unknown>) => void;
}

type Side = 'theirs' | 'yours';

/** Fields changed by two people at once: the original, theirs and yours, to choose from. Everything else is merged. */
export function ConflictTable({ conflict: { fields, changes }, onChoose }: ConflictTableProps) {
  const id = useId();
  const [sides, setSides] = useState<Readonly<Record<string, Side>>>({});
  const sideOf = (field: string): Side => sides[field] ?? 'yours';
  const choice = (field: string, side: Side, value: unknown) => (
    <td>
      <label>
        <input
          type="radio"
          name={`${id} ${field}`}
          checked={sideOf(field) === side}
          onChange={() => setSides({ ...sides, [field]: side })}
        />
        <Value value={value} />
      </label>
    </td>
  );
  return (
    <section className={css['conflict']} role="alert" aria-labelledby={id}>
      <h3 id={id}>{strings.title}</h3>
      <ul>
        {changes.map(({ actor, sentence }, index) => (
          <li key={index} dir="auto">
            {strings.change(actor, sentence)}
          </li>
        ))}
      </ul>
      {fields.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">{strings.field}</th>
              <th scope="col">{strings.base}</th>
              <th scope="col">{strings.theirs}</th>
              <th scope="col">{strings.yours}</th>
            </tr>
          </thead>
          <tbody>
            {fields.map(({ field, base, theirs, yours }) => (
              <tr key={field}>
                <th scope="row">{field}</th>
                <td>
                  <Value value={base} />
                </td>
                {choice(field, 'theirs', theirs)}
                {choice(field, 'yours', yours)}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Button
        look="primary"
        onClick={() =>
          onChoose(Object.fromEntries(fields.map((each) => [each.field, each[sideOf(each.field)] ?? null])))
        }
      >
        {strings.merge}
      </Button>
    </section>
  );
}
