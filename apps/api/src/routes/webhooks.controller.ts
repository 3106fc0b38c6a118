import {
  deadLetterView,
  type DeadLetterView,
  entityId,
  madeWebhook,
  type MadeWebhook,
  makeWebhook,
  type MakeWebhook,
  pageOf,
  redeliverWebhook,
  type RedeliverWebhook,
  webhookView,
  type WebhookView,
  workspaceId,
} from '@casebook/contracts';
import type { Page } from '@casebook/views';
import { Controller, Delete, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Needs } from '../access/access.guard.js';
import { may } from '../access/permissions.js';
import { Body, Param } from '../http/checked-parameters.js';
import { ProblemError } from '../http/problem.js';
import { type WriteRequest, WriteRequestOf } from '../http/request-context.js';
import { Reachable } from '../webhooks/reachable.js';
import { MOST_WEBHOOKS, WebhookStore } from '../webhooks/webhook-store.js';
import { Acts, Reads, Serves } from './documentation.js';

const unknownWebhook = (): ProblemError =>
  new ProblemError('not-found', 'There is no such webhook in this workspace. GET …/webhooks lists them.');

@ApiTags('webhooks')
@Controller('v1/workspaces/:workspace/webhooks')
export class WebhooksController {
  constructor(
    @Inject(WebhookStore) private readonly store: WebhookStore,
    @Inject(Reachable) private readonly reachable: Reachable,
  ) {}

  @Get()
  @Needs('administer')
  @Reads(pageOf(webhookView, 'WebhookPage'), {
    summary: 'List the webhooks of the workspace',
    description:
      'Each with its position, its failed attempts, and the number of events it has given up on. Secrets are not shown.',
  })
  async list(@Param('workspace', { schema: workspaceId }) workspace: string): Promise<Page<WebhookView>> {
    return { items: await this.store.list(workspace), next: null };
  }

  @Post()
  @Needs('administer')
  @Acts(201, madeWebhook, {
    summary: 'Create a webhook: every further event is sent to its address',
    description:
      'As a CloudEvent, signed as Standard Webhooks, at least once and in order. It sends only what you may see at the time of delivery. The answer has the signing secret, which is not shown again.',
  })
  async make(
    @WriteRequestOf() { caller }: WriteRequest,
    @Body({ schema: makeWebhook }) { url }: MakeWebhook,
  ): Promise<MadeWebhook> {
    if (!may(caller, 'read'))
      throw new ProblemError(
        'not-permitted',
        'A webhook sends what you may read, and this token has no permission to read. Use one that has.',
        { needed: 'read' },
      );
    const fault = this.reachable.fault(new URL(url));
    if (fault !== null) throw ProblemError.invalid([{ pointer: '/url', detail: fault }]);
    const { memberId, workspaceId: workspace } = caller;
    const made = await this.store.make(workspace, { url, memberId, oversees: may(caller, 'oversee') });
    const view = made && (await this.store.one(workspace, made.id));
    if (made === null || view === null)
      throw ProblemError.invalid([
        { pointer: '', detail: `would be one too many: a workspace has at most ${MOST_WEBHOOKS} webhooks` },
      ]);
    return { ...view, secret: made.secret };
  }

  @Delete(':webhook')
  @HttpCode(204)
  @Needs('administer')
  @Serves('application/json', {
    summary: 'Remove a webhook',
    description: 'Nothing more is sent to it, and its dead letters are deleted.',
    problems: ['not-found'],
    writes: true,
    empty: true,
  })
  async remove(
    @WriteRequestOf() { caller }: WriteRequest,
    @Param('webhook', { schema: entityId }) id: string,
  ): Promise<void> {
    if (!(await this.store.remove(caller.workspaceId, id))) throw unknownWebhook();
  }

  @Post(':webhook/redelivery')
  @HttpCode(200)
  @Needs('administer')
  @Acts(200, webhookView, {
    summary: 'Send the events behind a position again',
    description:
      'Restarts a stopped webhook and deletes its dead letters behind that position. Receivers recognise a repeated event by its webhook-id.',
    problems: ['not-found'],
  })
  async redeliver(
    @WriteRequestOf() { caller: { workspaceId: workspace } }: WriteRequest,
    @Param('webhook', { schema: entityId }) id: string,
    @Body({ schema: redeliverWebhook }) { after }: RedeliverWebhook,
  ): Promise<WebhookView> {
    await this.store.rewind(workspace, id, after);
    return this.found(workspace, id);
  }

  @Get(':webhook/dead-letters')
  @Needs('administer')
  @Reads(pageOf(deadLetterView, 'DeadLetterPage'), {
    summary: 'List the events that a webhook has given up on',
    description:
      'The latest 500, with the reason the last attempt failed. POST …/redelivery sends them and everything behind them again.',
    problems: ['not-found'],
  })
  async deadLetters(
    @Param('workspace', { schema: workspaceId }) workspace: string,
    @Param('webhook', { schema: entityId }) id: string,
  ): Promise<Page<DeadLetterView>> {
    await this.found(workspace, id);
    return { items: await this.store.deadLetters(workspace, id), next: null };
  }

  private async found(workspace: string, id: string): Promise<WebhookView> {
    const view = await this.store.one(workspace, id);
    if (view === null) throw unknownWebhook();
    return view;
  }
}
