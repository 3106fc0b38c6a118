import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Followers of the ledger that send each event to an address. */
export class Webhooks1796130000000 implements MigrationInterface {
  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE webhooks (
        position bigint NOT NULL,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        retry_at timestamptz(3),
        leased_until timestamptz(3),
        lease uuid,
        id uuid NOT NULL,
        attempts integer NOT NULL DEFAULT 0,
        oversees boolean NOT NULL,
        workspace_id text COLLATE "C" NOT NULL,
        member_id text COLLATE "C" NOT NULL,
        url text COLLATE "C" NOT NULL,
        status text COLLATE "C" NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'stopped')),
        secret text COLLATE "C" NOT NULL,
        error text,
        CONSTRAINT webhooks_pkey PRIMARY KEY (workspace_id, id)
      );
      COMMENT ON TABLE webhooks IS 'Where the events of a workspace are sent, and how far each has got. No part of the ledger.';
      COMMENT ON COLUMN webhooks.workspace_id IS 'The workspace; the distribution column of every table.';
      COMMENT ON COLUMN webhooks.id IS 'Names the webhook in the API.';
      COMMENT ON COLUMN webhooks.url IS 'Where events are sent.';
      COMMENT ON COLUMN webhooks.member_id IS 'The member who made it: what this member may not see is not sent.';
      COMMENT ON COLUMN webhooks.oversees IS 'Whether the token that made it could see incidents that are restricted to others; the member must still be able to.';
      COMMENT ON COLUMN webhooks.secret IS 'The key of its signatures, as Standard Webhooks writes it. It signs, so it is kept as it is.';
      COMMENT ON COLUMN webhooks.status IS 'active, or stopped: nothing is sent until it is told to go on.';
      COMMENT ON COLUMN webhooks.position IS 'Every event up to here was delivered, may not be seen by the member, or is a dead letter.';
      COMMENT ON COLUMN webhooks.attempts IS 'Failed attempts to deliver the next event.';
      COMMENT ON COLUMN webhooks.retry_at IS 'When it is tried again; NULL: at once.';
      COMMENT ON COLUMN webhooks.error IS 'Why the last attempt failed, or why it is stopped; NULL after a success.';
      COMMENT ON COLUMN webhooks.lease IS 'The process that delivers at the moment.';
      COMMENT ON COLUMN webhooks.leased_until IS 'When another process may take over.';
      COMMENT ON COLUMN webhooks.created_at IS 'When it was made.';
      COMMENT ON INDEX webhooks_pkey IS 'Finds a webhook, and those of a workspace.';

      CREATE TABLE webhook_dead_letters (
        position bigint NOT NULL,
        failed_at timestamptz(3) NOT NULL DEFAULT now(),
        webhook_id uuid NOT NULL,
        workspace_id text COLLATE "C" NOT NULL,
        error text NOT NULL,
        CONSTRAINT webhook_dead_letters_pkey PRIMARY KEY (workspace_id, webhook_id, position),
        CONSTRAINT webhook_dead_letters_webhook FOREIGN KEY (workspace_id, webhook_id)
          REFERENCES webhooks (workspace_id, id) ON DELETE CASCADE
      );
      COMMENT ON TABLE webhook_dead_letters IS 'Events that a webhook has given up delivering. They hold no payload: the event is in the ledger.';
      COMMENT ON COLUMN webhook_dead_letters.workspace_id IS 'The workspace; the distribution column of every table.';
      COMMENT ON COLUMN webhook_dead_letters.webhook_id IS 'The webhook.';
      COMMENT ON COLUMN webhook_dead_letters.position IS 'The position of the event.';
      COMMENT ON COLUMN webhook_dead_letters.failed_at IS 'When the last attempt failed.';
      COMMENT ON COLUMN webhook_dead_letters.error IS 'Why it failed.';
      COMMENT ON INDEX webhook_dead_letters_pkey IS 'Lists those of a webhook, in the order of the ledger.';

      REVOKE ALL ON webhooks, webhook_dead_letters FROM PUBLIC;
      GRANT SELECT, INSERT, UPDATE, DELETE ON webhooks, webhook_dead_letters TO casebook_service;
      SELECT access.isolate('webhooks');
      SELECT access.isolate('webhook_dead_letters');
    `);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE webhook_dead_letters; DROP TABLE webhooks');
  }
}
