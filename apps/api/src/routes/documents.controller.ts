import {
  documentId,
  documentsQuery,
  documentView,
  type DocumentView,
  importDocument,
  type ImportDocument,
  importFileQuery,
  type ImportFileQuery,
  momentQuery,
  PAGE_SIZE,
  reviseDocument,
  type ReviseDocument,
  workspaceId,
} from '@casebook/contracts';
import { DOCUMENT_MEDIA_TYPES, extensionOf } from '@casebook/exchange';
import { LibraryQueries, type Page, PastLists } from '@casebook/views';
import { Controller, Get, Inject, Patch, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Needs } from '../access/access.guard.js';
import { documentIdOf } from '../commands/batch.js';
import { documentWriteOf } from '../commands/command-table.js';
import { DocumentFiles } from '../commands/document-files.js';
import { DocumentWrite } from '../commands/writes.js';
import { Body, Param, Query } from '../http/checked-parameters.js';
import { attachment, isKnown, Tagged, Written } from '../http/answers.js';
import { AnyMoment } from '../http/moments.guard.js';
import { FILE_MEDIA_TYPES, SentFile } from '../http/file-bodies.js';
import { ProblemError } from '../http/problem.js';
import { type WriteRequest, WriteRequestOf } from '../http/request-context.js';
import { bodyFaults } from '../http/schema.pipe.js';
import { AlsoTakes, Lists, Mergeable, Reads, Revalidates, Serves, Writes } from './documentation.js';

const unknown = () =>
  new ProblemError(
    'document-unknown',
    'There is no such document in this workspace. GET …/documents lists them.',
  );

const erased = () =>
  new ProblemError('document-unknown', 'This was erased by law; the id of the document remains.');

/** The details of a text are in the same body. */
function textWrite(request: WriteRequest, document: ImportDocument, query: ImportFileQuery): DocumentWrite {
  const [parameter] = Object.keys(query);
  if (parameter !== undefined) {
    const detail = 'belongs in the body, beside the text; parameters are for files';
    throw ProblemError.invalid([{ parameter, detail }]);
  }
  return documentWriteOf('import-document', request, { documentId: documentIdOf(document.text) }, document);
}

@ApiTags('documents')
@Controller('v1/workspaces/:workspace/documents')
export class DocumentsController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(LibraryQueries) private readonly library: LibraryQueries,
    @Inject(PastLists) private readonly past: PastLists,
    @Inject(DocumentFiles) private readonly files: DocumentFiles,
  ) {}

  @Post()
  @Needs('annotate')
  @AlsoTakes(FILE_MEDIA_TYPES)
  @Writes(true, {
    summary: 'Import a document',
    description:
      'As JSON with its text; or as a file, in the body or in multipart/form-data, with the details as query parameters or form fields: plain text, HTML, Markdown, PDF, DOCX or an e-mail, at most 10 MiB. The text of a file is extracted, details that you leave out are taken from its metadata, and the file is kept: …/original. Nothing that it refers to is fetched. The id is the SHA-256 of the text. Sending the same text again answers with the same document, its details unchanged: `differs` lists the sent details that are recorded differently. A text that was erased by law is refused.',
    problems: ['document-unknown', 'document-erased', 'document-unreadable', 'unavailable'],
  })
  async import(
    @Param('workspace', { schema: workspaceId }) workspace: string,
    @WriteRequestOf() request: WriteRequest,
    @Query({ schema: importFileQuery }) query: ImportFileQuery,
    @Body({ schema: importDocument }) body: ImportDocument | SentFile,
  ): Promise<Written> {
    const write =
      body instanceof SentFile ? await this.fileWrite(request, body, query) : textWrite(request, body, query);
    const { answer, events, replayed } = await this.commands.execute(write);
    return new Written(answer, {
      created: events.some(({ type }) => type === 'DocumentImported'),
      replayed,
      location: `/v1/workspaces/${workspace}/documents/${write.command.documentId}`,
    });
  }

  private async fileWrite(
    request: WriteRequest,
    file: SentFile,
    query: ImportFileQuery,
  ): Promise<DocumentWrite> {
    const given = importFileQuery.safeParse({ ...query, ...file.fields });
    if (!given.success) throw ProblemError.invalid(bodyFaults(given.error, ''));
    const { document, original } = await this.files.read(file, given.data);
    const command = {
      type: 'ImportDocument' as const,
      documentId: documentIdOf(document.text),
      document,
      ...(original && { original }),
    };
    return new DocumentWrite(request, command, {
      ...document,
      ...(original && { original: original.facts.digest }),
    });
  }

  @Get()
  @Needs('read')
  @AnyMoment()
  @Lists(documentView, 'DocumentPage', {
    summary: 'List documents, now or as they were',
    description:
      'In pages, without the texts. `q` finds words of the title in any order, folded as in search.',
  })
  list(
    @Param('workspace', { schema: workspaceId }) workspace: string,
    @Query({ schema: documentsQuery }) { limit = PAGE_SIZE, asOf, ...query }: z.infer<typeof documentsQuery>,
  ): Promise<Page<DocumentView>> {
    return asOf === undefined
      ? this.library.documents(workspace, { ...query, limit })
      : this.past.documentList(workspace, { ...query, limit }, asOf);
  }

  @Get(':document')
  @Needs('read')
  @AnyMoment()
  @Revalidates()
  @Reads(documentView, {
    summary: 'Read the details of a document, now or as they were',
    description:
      'Title, publisher, dates, marking and length; the text is at `…/text`. `erased` says whether the document was erased by law.',
    problems: ['document-unknown'],
  })
  async one(
    @Param('workspace', { schema: workspaceId }) workspace: string,
    @Param('document', { schema: documentId }) id: string,
    @Query({ schema: momentQuery }) { asOf }: z.infer<typeof momentQuery>,
  ): Promise<Tagged<DocumentView>> {
    const document =
      asOf === undefined
        ? await this.library.document(workspace, id)
        : await this.past.document(workspace, id, asOf);
    if (document === null) throw unknown();
    return new Tagged(document, document.revision);
  }

  @Get(':document/text')
  @Needs('read')
  @Revalidates()
  @Serves('text/plain', {
    summary: 'Read the text of a document, byte for byte',
    description: 'The SHA-256 of these bytes is the id of the document.',
    problems: ['document-unknown'],
  })
  async text(
    @Param('workspace', { schema: workspaceId }) workspace: string,
    @Param('document', { schema: documentId }) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const text = await this.library.text(workspace, id);
    if (text === null) {
      const document = await this.library.document(workspace, id);
      throw document?.erased === true ? erased() : unknown();
    }
    const tag = `"${id}"`;
    void reply.headers({ etag: tag, 'cache-control': 'private, no-cache' });
    if (isKnown(tag, request)) return reply.code(304).send();
    await reply
      .headers({ 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' })
      .send(Buffer.from(text, 'utf8'));
  }

  @Get(':document/original')
  @Needs('read')
  @Revalidates()
  @Serves(DOCUMENT_MEDIA_TYPES, {
    summary: 'Get the file that a document was imported from, byte for byte',
    description:
      'As an attachment with its own media type, so that browsers neither show nor run it. A document that was imported as text answers with the text. `original` in the document has the SHA-256.',
    problems: ['document-unknown'],
  })
  async original(
    @Param('workspace', { schema: workspaceId }) workspace: string,
    @Param('document', { schema: documentId }) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const document = await this.library.document(workspace, id);
    if (document === null) throw unknown();
    const { original: facts } = document;
    const bytes = await this.bytesOf(workspace, document);
    if (bytes === null) throw erased();
    const tag = `"${facts?.digest ?? id}"`;
    void reply.headers({ etag: tag, 'cache-control': 'private, no-cache' });
    if (isKnown(tag, request)) return reply.code(304).send();
    await reply
      .headers({
        'content-type': facts?.mediaType ?? 'text/plain; charset=utf-8',
        'content-disposition': attachment(
          facts?.fileName ?? `document${extensionOf(facts?.mediaType ?? 'text/plain')}`,
        ),
        'x-content-type-options': 'nosniff',
        'content-security-policy': "sandbox; default-src 'none'",
      })
      .send(bytes);
  }

  /** The file of the document, or the text if that was imported; `null` once erased. */
  private async bytesOf(workspace: string, { id, original }: DocumentView): Promise<Buffer | null> {
    if (original !== undefined) return this.library.original(workspace, id, original);
    const text = await this.library.text(workspace, id);
    return text === null ? null : Buffer.from(text);
  }

  @Patch(':document')
  @Needs('annotate')
  @Mergeable()
  @Writes(false, {
    summary: 'Correct the details of a document',
    description: 'Fields left out keep their values; null clears a field. The text itself never changes.',
    problems: ['document-unknown', 'document-erased'],
  })
  async revise(
    @Param('document', { schema: documentId }) id: string,
    @WriteRequestOf() request: WriteRequest,
    @Body({ schema: reviseDocument }) body: ReviseDocument,
  ): Promise<Written> {
    const { answer, replayed } = await this.commands.execute(
      documentWriteOf('revise-document', request, { documentId: id }, body),
    );
    return new Written(answer, { replayed });
  }
}
