import { useEffect, useRef, useState } from 'react';
import { faultsOf, sentenceOf } from '../../data/problems.js';
import { useImport } from '../../data/library.js';
import { newKey } from '../../data/writes.js';
import { Button } from '../../parts/button.js';
import { Dialog } from '../../parts/dialog.js';
import { SelectField, TextArea, TextField } from '../../parts/field.js';
import { useToasts } from '../../parts/toast.js';
import { strings } from '../../strings/import.js';
import { words } from '../../strings/vocabulary.js';
import css from './import.module.css';
import { type Candidate, EXTENSIONS, readFiles, titleOf, type Unreadable } from './read-files.js';

interface ImportDialogProps {
  /** The incident to attach the documents to; without one they only go to the library. */
  readonly incident?: string | undefined;
  /** The dropped files that opened the dialog. */
  readonly files?: readonly File[];
  readonly onClose: () => void;
  readonly onImported?: (documents: readonly string[]) => void;
}

interface Item extends Candidate {
  readonly key: string;
  readonly error: Error | null;
}

const bytesOf = (files: readonly File[]) =>
  Promise.all(files.map(async (file) => ({ name: file.name, bytes: await file.arrayBuffer() })));

const NONE: readonly File[] = [];

/** The dialog's content: future documents, and files that cannot be imported. */
function useItems(dropped: readonly File[]) {
  const [items, setItems] = useState<readonly Item[]>([]);
  const [unreadable, setUnreadable] = useState<readonly Unreadable[]>([]);
  const add = (candidates: readonly Candidate[]): void =>
    setItems((before) => [...before, ...candidates.map((each) => ({ ...each, key: newKey(), error: null }))]);
  useEffect(() => {
    let stale = false;
    const read = async (): Promise<void> => {
      const found = readFiles(await bytesOf(dropped));
      if (stale) return;
      setItems((before) => [
        ...before,
        ...found.candidates.map((each) => ({ ...each, key: newKey(), error: null })),
      ]);
      setUnreadable(found.unreadable);
    };
    void read();
    return () => {
      stale = true;
    };
  }, [dropped]);
  return {
    items,
    unreadable,
    add,
    addFiles: async (files: readonly File[]): Promise<void> => {
      const read = readFiles(await bytesOf(files));
      add(read.candidates);
      setUnreadable(read.unreadable);
    },
    change: (key: string, changes: Partial<Item>): void =>
      setItems((before) => before.map((each) => (each.key === key ? { ...each, ...changes } : each))),
    remove: (key: string): void => setItems((before) => before.filter((each) => each.key !== key)),
  };
}

/** Imports dropped, chosen or pasted texts as documents, each with its details. */
export function ImportDialog({ incident, files = NONE, onClose, onImported }: ImportDialogProps) {
  const { items, unreadable, add, addFiles, change, remove } = useItems(files);
  const chooser = useRef<HTMLInputElement>(null);
  const [done, setDone] = useState<number>();
  const importOne = useImport(incident);
  const { told } = useToasts();
  const send = async (): Promise<void> => {
    const imported: string[] = [];
    let failed = false;
    for (const [index, { key, error: _error, file, content, ...document }] of items.entries()) {
      setDone(index + 1);
      try {
        imported.push(await importOne(document, key, content && { ...content, file }));
        remove(key);
      } catch (error) {
        failed = true;
        change(key, { error: error as Error, key: newKey() });
      }
    }
    setDone(undefined);
    if (imported.length > 0) {
      told(strings.imported(imported.length));
      onImported?.(imported);
    }
    if (!failed) onClose();
  };

  return (
    <Dialog title={strings.title} onClose={onClose} wide>
      <div className={css['dialog']}>
        <p className={css['lead']}>{strings.lead}</p>
        <div className={css['ways']}>
          <Button onClick={() => chooser.current?.click()}>{strings.choose}</Button>
          <Button onClick={() => add([{ file: '', text: '', title: '' }])}>{strings.paste}</Button>
          <input
            ref={chooser}
            type="file"
            multiple
            hidden
            aria-label={strings.choose}
            accept={['.txt', '.yaml', '.yml', '.json', 'text/plain', ...EXTENSIONS].join(',')}
            onChange={({ target }) => void addFiles([...(target.files ?? [])])}
          />
        </div>
        {unreadable.map(({ file, reason }) => (
          <p key={file} className={css['fault']} role="alert">
            {strings.unreadable[reason](file)}
          </p>
        ))}
        {items.map((item) => (
          <CandidateFields
            key={item.key}
            item={item}
            onChange={(changes) => change(item.key, { error: null, ...changes })}
            onRemove={() => remove(item.key)}
          />
        ))}
        {items.length > 0 && (
          <div>
            <Button
              look="primary"
              disabled={
                done !== undefined ||
                items.some(
                  ({ content, text, title }) =>
                    content === undefined && (text.trim() === '' || title.trim() === ''),
                )
              }
              onClick={() => void send()}
            >
              {done === undefined ? strings.import(items.length) : strings.importing(done, items.length)}
            </Button>
          </div>
        )}
      </div>
    </Dialog>
  );
}

interface CandidateFieldsProps {
  readonly item: Item;
  readonly onChange: (changes: Partial<Item>) => void;
  readonly onRemove: () => void;
}

function CandidateFields({ item, onChange, onRemove }: CandidateFieldsProps) {
  const faults = faultsOf(item.error);
  const faultOf = (field: string): string | undefined =>
    faults.find((fault) => fault.field === field)?.detail;
  const field = (
    name: 'title' | 'publisher' | 'published' | 'url' | 'language' | 'upstream',
    label: string,
    hint?: string,
  ) => (
    <TextField
      label={label}
      hint={hint}
      value={item[name] ?? ''}
      fault={faultOf(name)}
      onChange={({ target }) =>
        onChange({ [name]: target.value === '' && name !== 'title' ? undefined : target.value })
      }
    />
  );
  return (
    <section className={css['candidate']} aria-label={item.title}>
      <header>
        <span>{item.file !== '' && strings.from(item.file)}</span>
        <Button look="quiet" onClick={onRemove} aria-label={strings.remove(item.title)}>
          ✕
        </Button>
      </header>
      {item.error !== null && faults.length === 0 && (
        <p className={css['fault']} role="alert">
          {sentenceOf(item.error)}
        </p>
      )}
      {item.file === '' ? (
        <TextArea
          label={strings.text}
          value={item.text}
          rows={5}
          autoFocus
          fault={faultOf('text')}
          onChange={({ target }) =>
            onChange({
              text: target.value,
              // The title follows the first line until it is edited.
              ...((item.title === '' || item.title === titleOf(item.text)) && {
                title: titleOf(target.value),
              }),
            })
          }
        />
      ) : (
        <p className={css['excerpt']} dir="auto">
          {item.text.slice(0, 400)}
        </p>
      )}
      <div className={css['grid']}>
        {field('title', strings.documentTitle)}
        {field('publisher', strings.publisher)}
        {field('published', strings.published, strings.publishedHint)}
        {field('upstream', strings.upstream, strings.upstreamHint)}
        {field('url', strings.url)}
        {field('language', strings.language, strings.languageHint)}
        <SelectField
          label={strings.reliability}
          value={item.reliability ?? ''}
          onChange={({ target }) =>
            onChange({ reliability: target.value === '' ? undefined : (target.value as Item['reliability']) })
          }
        >
          <option value="">{strings.unjudged}</option>
          {Object.entries(words.reliability).map(([letter, word]) => (
            <option key={letter} value={letter}>
              {letter}: {word}
            </option>
          ))}
        </SelectField>
      </div>
    </section>
  );
}
