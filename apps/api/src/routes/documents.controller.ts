import {
  documentId,
  documentsQuery,
  documentView,
  type DocumentView,
  importDocument,
  type ImportDocument,
  momentQuery,
  PAGE_SIZE,
  reviseDocument,
  type ReviseDocument,
  workspaceId,
} from '@casebook/contracts';
import { LibraryQueries, type Page, PastLists } from '@casebook/views';
import { Controller, Get, Inject, Patch, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Needs } from '../access/access.guard.js';
import { documentIdOf } from '../commands/batch.js';
import { documentWriteOf } from '../commands/command-table.js';
import { Body, Param, Query } from '../http/checked-parameters.js';
import { isKnown, Tagged, Written } from '../http/answers.js';
import { AnyMoment } from '../http/moments.guard.js';
import { ProblemError } from '../http/problem.js';
import { type WriteRequest, WriteRequestOf } from '../http/request-context.js';
import { Lists, Mergeable, Reads, Revalidates, Serves, Writes } from './documentation.js';

const unknown = () =>
  new ProblemError(
    'document-unknown',
    'There is no such document in this workspace. GET …/documents lists those that there are.',
  );

@ApiTags('documents')
@Controller('v1/workspaces/:workspace/documents')
export class DocumentsController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(LibraryQueries) private readonly library: LibraryQueries,
    @Inject(PastLists) private readonly past: PastLists,
  ) {}

  @Post()
  @Needs('annotate')
  @Writes(true, {
    summary: 'Import a document',
    description:
      'The id is the SHA-256 of the text. The same text again answers with the same document, its details unchanged: `differs` says which of those sent are recorded otherwise. One that was erased by law is refused.',
    problems: ['document-erased'],
  })
  async import(
    @Param('workspace', { schema: workspaceId }) workspace: string,
    @WriteRequestOf() request: WriteRequest,
    @Body({ schema: importDocument }) document: ImportDocument,
  ): Promise<Written> {
    const id = documentIdOf(document.text);
    const { answer, events, replayed } = await this.commands.execute(
      documentWriteOf('import-document', request, { documentId: id }, document),
    );
    return new Written(answer, {
      created: events.length > 0,
      replayed,
      location: `/v1/workspaces/${workspace}/documents/${id}`,
    });
  }

  @Get()
  @Needs('read')
  @AnyMoment()
  @Lists(documentView, 'DocumentPage', {
    summary: 'List documents, now or as they were',
    description:
      'In pages, without the texts. `q` finds words of the title in any order, folded as in the search.',
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
    summary: 'Read what is known about a document, now or as it was',
    description:
      'Title, publisher, dates, marking and length; the text has an address of its own, `…/text`. A document that was erased by law says so in `erased`.',
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
      throw document?.erased === true
        ? new ProblemError(
            'document-unknown',
            'The text was erased by law; only the id of the document remains.',
          )
        : unknown();
    }
    const tag = `"${id}"`;
    void reply.headers({ etag: tag, 'cache-control': 'private, no-cache' });
    if (isKnown(tag, request)) return reply.code(304).send();
    await reply
      .headers({ 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' })
      .send(Buffer.from(text, 'utf8'));
  }

  @Patch(':document')
  @Needs('annotate')
  @Mergeable()
  @Writes(false, {
    summary: 'Correct what is known about a document',
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
