import {
  Fragment,
  memo,
  type MouseEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useMemo,
  useRef,
} from 'react';
import { useKey } from '../../keys/keyboard.js';
import { strings } from '../../strings/document.js';
import css from './document.module.css';
import { type DocumentText, lineAt, type Span } from './document-text.js';
import { DrawnMarks } from './drawn-marks.js';
import { covering, type Laid } from './lanes.js';
import { HighlightMarks, type Marks } from './marks.js';
import { nodeOf, offsetUnder, rangesOf } from './ranges.js';

interface TextViewProps {
  readonly container: RefObject<HTMLDivElement | null>;
  readonly text: DocumentText;
  readonly language: string | undefined;
  readonly spans: readonly Laid[];
  /** The id of the claim that is selected. */
  readonly chosen: string | undefined;
  /** The changes at the moment shown. */
  readonly changed: readonly Span[];
  /** The span of the open form. */
  readonly drafted: Span | null;
  readonly onPick: (id: string | undefined) => void;
  /** Content placed in the text below the line with this offset. */
  readonly card: { readonly at: number; readonly content: ReactNode } | null;
  /** Content placed over the text, such as the buttons beside a selection. */
  readonly children?: ReactNode;
}

const Line = memo(function Line({ index, text }: { readonly index: number; readonly text: string }) {
  return (
    <p className={css['line']} data-line={index} dir="auto">
      {text}
    </p>
  );
});

/** The text of a document with its claims marked. The list of claims has the same information for people who cannot see the marks. */
export function TextView(props: TextViewProps) {
  const { container, text, language, spans, chosen, changed, drafted, onPick, card, children } = props;
  useMarks(props);
  useBareText(container);

  // A second click on the same place selects the span beneath.
  const lastClick = useRef<{ offset: number; id: string }>(undefined);
  const pick = ({ clientX, clientY, detail }: MouseEvent): void => {
    const element = container.current;
    if (element === null) return;
    const offset = offsetUnder(element, text, clientX, clientY);
    if (offset === undefined) return;
    const under = covering(spans, offset);
    const selection = document.getSelection();
    // A double click selects a word; on overlapping spans it selects the one beneath.
    if (selection?.isCollapsed === false) {
      if (detail !== 2 || under.length < 2) return;
      selection.collapseToStart();
    }
    const before = lastClick.current?.offset === offset ? lastClick.current.id : chosen;
    const at = under.findIndex(({ id }) => id === before);
    const next = under[(at + 1) % Math.max(1, under.length)];
    lastClick.current = next && { offset, id: next.id };
    onPick(next?.id);
  };

  const cardLine = card === null ? -1 : lineAt(text, Math.max(0, card.at - 1));
  useOverlay(
    props,
    'chosen',
    useMemo(() => spans.filter(({ id }) => id === chosen), [spans, chosen]),
  );
  useOverlay(props, 'changed', changed);
  useOverlay(
    props,
    'drafted',
    useMemo(() => (drafted === null ? [] : [drafted]), [drafted]),
  );
  return (
    // The claims under the pointer are also in the list, with keys and names.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions
    <div
      ref={container}
      className={css['text']}
      lang={language}
      tabIndex={-1}
      role="document"
      aria-label={strings.text}
      onClick={(event) => {
        if (event.target instanceof Element && event.target.closest('[data-line]') !== null) pick(event);
      }}
    >
      {text.lines.map((line, index) => (
        <Fragment key={line.start}>
          <Line index={index} text={line.text} />
          {index === cardLine && card?.content}
        </Fragment>
      ))}
      {children}
    </div>
  );
}

/** How far beyond the viewport lines are marked in advance. */
const AHEAD = '600px 0px';
let current: Marks | undefined;
const marks = (): Marks =>
  (current ??= 'highlights' in CSS && 'Highlight' in window ? new HighlightMarks() : new DrawnMarks());

/** Marks only the lines near the viewport. */
function useMarks({ container, text, spans }: TextViewProps): void {
  const byLine = useMemo(() => linesOf(text, spans), [text, spans]);
  const visible = useRef(new Set<number>());
  const latest = useRef(byLine);

  useEffect(() => {
    const element = container.current;
    if (element === null) return;
    const seen = visible.current;
    marks().show();
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          const line = Number((target as HTMLElement).dataset['line']);
          if (isIntersecting) {
            seen.add(line);
            placeLine(element, text, line, latest.current);
          } else if (seen.delete(line)) marks().remove(line);
        }
      },
      { root: null, rootMargin: AHEAD },
    );
    for (const line of element.querySelectorAll('[data-line]')) observer.observe(line);
    return () => {
      observer.disconnect();
      for (const line of seen) marks().remove(line);
      seen.clear();
      marks().hide();
    };
  }, [container, text]);

  useEffect(() => {
    latest.current = byLine;
    const element = container.current;
    if (element !== null) for (const line of visible.current) placeLine(element, text, line, byLine);
  }, [container, text, byLine]);
}

function placeLine(
  element: Element,
  text: DocumentText,
  line: number,
  byLine: ReadonlyMap<number, readonly Laid[]>,
): void {
  const node = nodeOf(element, line);
  if (node !== null) marks().place(line, node, text.lines[line]?.start ?? 0, byLine.get(line) ?? []);
}

/** The spans that touch each line. */
function linesOf(text: DocumentText, spans: readonly Laid[]): Map<number, Laid[]> {
  const byLine = new Map<number, Laid[]>();
  for (const span of spans) {
    for (let line = lineAt(text, span.start); line >= 0 && line < text.lines.length; line += 1) {
      const { start = 0, end = 0 } = text.lines[line] ?? {};
      if (start >= span.end) break;
      if (end > span.start) byLine.set(line, [...(byLine.get(line) ?? []), span]);
    }
  }
  return byLine;
}

function useOverlay(
  { container, text }: TextViewProps,
  name: 'chosen' | 'changed' | 'drafted',
  spans: readonly Span[],
): void {
  useEffect(() => {
    const element = container.current;
    if (element === null) return;
    marks().overlay(
      name,
      spans.flatMap((span) => rangesOf(element, text, span)),
    );
    return () => marks().overlay(name, []);
  }, [container, text, name, spans]);
}

/** While the key is held, the text is shown without marks. */
function useBareText(container: RefObject<HTMLDivElement | null>): void {
  useKey('bare', (event) => {
    if (event.repeat || container.current === null) return;
    marks().hide();
    window.addEventListener('keyup', () => marks().show(), { once: true });
  });
}

/** Marks the caret in caret mode. */
export const markCaret = (ranges: readonly Range[]): void => marks().overlay('caret', ranges);
