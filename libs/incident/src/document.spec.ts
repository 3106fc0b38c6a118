import type { DecidedEvent, DocumentEventType, OriginalFacts } from '@casebook/contracts';
import { documentIdOf, type Happened, specification } from '@casebook/testing';
import {
  decideDocument,
  type DocumentCommand,
  type DocumentState,
  evolveDocument,
  initialDocument,
} from './document.js';
import { initialErasures } from './erasures.js';

const given = specification<DocumentState, DocumentCommand, DocumentEventType>({
  initial: initialDocument,
  decide: decideDocument,
  evolve: evolveDocument,
});

const text = 'Café 😀';
const documentId = documentIdOf(text);
const imported: Happened<'DocumentImported'> = {
  type: 'DocumentImported',
  subject: documentId,
  data: { title: 'Market', text, publisher: 'The Courier' },
};
const described = (
  changes: Extract<DocumentCommand, { type: 'DescribeDocument' }>['changes'],
  expected?: number,
): DocumentCommand => ({
  type: 'DescribeDocument',
  documentId,
  changes,
  reason: 'The masthead says so.',
  ...(expected !== undefined && { expected }),
});

describe('when unknown', () => {
  test('importing it is its first event, and its text is measured but not kept in the state', () => {
    const state = given()
      .when({ type: 'ImportDocument', documentId, document: { title: 'Market', text } })
      .then({ type: 'DocumentImported', subject: documentId, data: { title: 'Market', text } });
    expect(state).toEqual({
      status: 'imported',
      id: documentId,
      details: { title: 'Market' },
      bytes: 10,
      codePoints: 6,
      revision: 1,
      recordedBy: 'alice',
      recordedAt: '2031-03-04T09:01:00.000Z',
      importedAt: 1,
      position: 1,
    });
  });

  test('it is not described', () => {
    given()
      .when(described({ title: 'Market' }))
      .thenRefused('document-unknown');
  });
});

const facts: OriginalFacts = {
  digest: `sha256:${'ab'.repeat(32)}`,
  mediaType: 'application/pdf',
  bytes: 4,
  extractor: 'pdf/1',
};
const importing = (
  document: { title: string; supersedes?: string } = { title: 'Market' },
): DocumentCommand => ({
  type: 'ImportDocument',
  documentId,
  document: { ...document, text },
  original: { facts, parts: ['AAA=', 'AQ=='] },
});
const kept = (part: number): DecidedEvent<'OriginalKept'> => ({
  type: 'OriginalKept',
  subject: documentId,
  data: { ...facts, part, parts: 2, content: part === 1 ? 'AAA=' : 'AQ==' },
});

describe('with the file that it was extracted from', () => {
  test('the file is kept with the text, part by part, and its content is in no state', () => {
    const state = given()
      .when(importing())
      .then(
        { type: 'DocumentImported', subject: documentId, data: { title: 'Market', text } },
        kept(1),
        kept(2),
      );
    expect(state).toMatchObject({ original: facts, revision: 1, position: 3 });
  });

  test('a text that was known without a file gets it; one that has a file keeps it', () => {
    given(imported).when(importing()).then(kept(1), kept(2));
    given(imported, kept(1), kept(2)).when(importing()).thenNothing();
  });

  test('a file that was erased by law is not kept again', () => {
    given(imported, { ...kept(1), data: null }, { ...kept(2), data: null })
      .when(importing())
      .thenNothing();
  });
});

describe('when it supersedes an earlier edition', () => {
  const earlier = documentIdOf('Before');
  test.each<[string, string, DocumentState | undefined, boolean]>([
    ['one that there is', earlier, { status: 'imported' } as DocumentState, true],
    ['one that there is not', earlier, initialDocument, false],
    ['itself', documentId, { status: 'imported' } as DocumentState, false],
  ])('%s', (_, supersedes, superseded, accepted) => {
    const decision = decideDocument(
      importing({ title: 'Market', supersedes }),
      initialDocument,
      initialErasures,
      superseded,
    );
    expect(decision).toMatchObject(
      accepted
        ? { accepted }
        : { accepted, refusal: { code: 'document-unknown', facts: { pointer: '/supersedes' } } },
    );
  });
});

describe('when imported', () => {
  test('importing the same text again changes nothing, whatever is said about it', () => {
    given(imported)
      .when({ type: 'ImportDocument', documentId, document: { title: 'Another title', text } })
      .thenNothing();
  });

  test('what is known of it is corrected: a value sets, null clears, the rest stays', () => {
    const state = given(imported)
      .when(described({ title: 'Market', publisher: null, language: 'fr' }, 1))
      .then({
        type: 'DocumentDescribed',
        subject: documentId,
        data: { changes: { publisher: null, language: 'fr' }, reason: 'The masthead says so.' },
      });
    expect(state).toMatchObject({ revision: 2, position: 2, codePoints: 6 });
    expect(state.status === 'imported' && state.details).toEqual({ title: 'Market', language: 'fr' });
  });

  test('a correction to what is known already changes nothing, whatever revision was expected', () => {
    given(imported)
      .when(described({ title: 'Market', upstream: null }, 3))
      .thenNothing();
  });

  test('a correction that expects another revision is refused with both', () => {
    given(imported)
      .when(described({ title: 'Bridge' }, 3))
      .thenRefused('revision-mismatch', { expected: 3, current: 1 });
  });

  test('its title is not cleared', () => {
    given(imported)
      .when(described({ title: null }))
      .thenRefused('field-required', { field: 'title', pointer: '/title' });
  });
});

describe('when erased by law', () => {
  const gone = given({ ...imported, data: null });

  test('its id, its importer and its time remain', () => {
    expect(gone.state).toMatchObject({ id: documentId, details: null, bytes: 0, recordedBy: 'alice' });
  });

  test('it is neither described nor imported again', () => {
    gone.when(described({ title: 'Market' })).thenRefused('document-erased');
    gone
      .when({ type: 'ImportDocument', documentId, document: { title: 'Market', text } })
      .thenRefused('document-erased');
  });

  test('the refusal names the position of the erasure', () => {
    const decision = decideDocument(
      { type: 'ImportDocument', documentId, document: { title: 'Market', text } },
      gone.state,
      { erased: initialErasures.erased.set(1, { id: 'an-erasure', position: 7 }) },
    );
    expect(decision).toMatchObject({
      refusal: { detail: expect.stringContaining('at position 7') as string, facts: { erasedAt: 7 } },
    });
  });
});
