import { z } from 'zod';
import { entityId, instant, knownMemberId } from './primitives.js';

/** Characters of a webhook's address. */
const MOST_URL = 2_000;

export const makeWebhook = z
  .strictObject({
    url: z
      .url({ protocol: /^https?$/, error: 'must be an https URL' })
      .max(MOST_URL)
      .meta({ description: 'where events are sent: https, without a user and password' }),
  })
  .meta({ id: 'MakeWebhook', example: { url: 'https://hooks.example.org/casebook' } });
export type MakeWebhook = z.infer<typeof makeWebhook>;

const fields = {
  id: entityId,
  url: z.string(),
  member: knownMemberId.meta({ description: 'who created it; only what this member may see is sent' }),
  status: z.enum(['active', 'stopped']),
  position: z
    .int()
    .min(0)
    .meta({ description: 'every event up to this position has been delivered or given up on' }),
  attempts: z.int().min(0).meta({ description: 'failed attempts to deliver the next event' }),
  retryAt: instant.nullable().meta({ description: 'when delivery is tried again' }),
  error: z
    .string()
    .nullable()
    .meta({ description: 'why the last attempt failed, or why the webhook is stopped' }),
  deadLetters: z.int().min(0).meta({ description: 'events given up on' }),
  createdAt: instant,
};
const example = {
  id: '01a20655-3d04-7eea-9335-8b9286dcf167',
  url: 'https://hooks.example.org/casebook',
  member: 'admin',
  status: 'active' as const,
  position: 24,
  attempts: 0,
  retryAt: null,
  error: null,
  deadLetters: 0,
  createdAt: '2026-01-31T09:30:00.000Z',
};

/** A webhook without its secret. */
export const webhookView = z.strictObject(fields).meta({ id: 'Webhook', example });
export type WebhookView = z.infer<typeof webhookView>;

/** The answer to making one: the only place where the secret is shown. */
export const madeWebhook = z
  .strictObject({
    ...fields,
    secret: z.string().meta({ description: 'its signing secret (Standard Webhooks), shown once' }),
  })
  .meta({ id: 'MadeWebhook', example: { ...example, secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' } });
export type MadeWebhook = z.infer<typeof madeWebhook>;

export const redeliverWebhook = z
  .strictObject({
    after: z
      .int()
      .min(0)
      .meta({ description: 'the position to restart behind; every event after it is sent' }),
  })
  .meta({ id: 'RedeliverWebhook', example: { after: 0 } });
export type RedeliverWebhook = z.infer<typeof redeliverWebhook>;

/** An event that a webhook has given up. */
export const deadLetterView = z
  .strictObject({ position: z.int().min(1), failedAt: instant, error: z.string() })
  .meta({
    id: 'DeadLetter',
    example: { position: 17, failedAt: '2026-01-31T09:30:00.000Z', error: 'The receiver answered 500.' },
  });
export type DeadLetterView = z.infer<typeof deadLetterView>;
