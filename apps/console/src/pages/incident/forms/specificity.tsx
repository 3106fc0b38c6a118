import { strings } from '../../../strings/incident.js';
import { words } from '../../../strings/vocabulary.js';
import type { Warning } from '../../../data/types.js';
import css from './forms.module.css';

const PARTS = ['when', 'where', 'who', 'how'] as const;
type Part = (typeof PARTS)[number];
type Level = keyof typeof words.specificityLevel;
export type Specificity = NonNullable<Warning['specificity']>;

const NEXT: Readonly<Record<Level | 'unjudged', Level | undefined>> = {
  unjudged: 'none',
  none: 'vague',
  vague: 'stated',
  stated: undefined,
};

const levelWord = (level: Level | null | undefined): string =>
  level == null ? strings.form.unjudged : words.specificityLevel[level].toLowerCase();

interface SquaresProps {
  readonly value: Readonly<Partial<Record<Part, Level | null>>>;
  /** Makes each square a button that cycles through the levels. */
  readonly onChange?: (value: Specificity) => void;
}

/** When, where, who, how: a square each, filled according to how specific the warning was. Four judgements, never a score. */
export function Squares({ value, onChange }: SquaresProps) {
  return (
    <ul className={css['squares']}>
      {PARTS.map((part) => {
        const level = value[part] ?? undefined;
        const content = (
          <>
            <span>{strings.form.part[part]}</span> <small>{levelWord(level)}</small>
          </>
        );
        return (
          <li key={part}>
            {onChange === undefined ? (
              <span className={css['square']} data-level={level ?? 'unjudged'}>
                {content}
              </span>
            ) : (
              <button
                type="button"
                className={css['square']}
                data-level={level ?? 'unjudged'}
                onClick={() => {
                  const next = NEXT[level ?? 'unjudged'];
                  const { [part]: _, ...others } = value;
                  onChange({ ...others, ...(next !== undefined && { [part]: next }) });
                }}
              >
                {content}
              </button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
