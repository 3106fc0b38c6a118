import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The tables of the inline views, a schema for each view and version. Writers fill them in the commit's own statement, so they have
 * few indexes, and what a reader gets whole is stored as the JSON text that it gets: nothing parses it on the way in.
 *
 * There are no foreign keys between them: a view never refuses a recorded fact, and each could be rebuilt at any time.
 */
export class IncidentViews1764000002000 implements MigrationInterface {
  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA incidents_v1;
      COMMENT ON SCHEMA incidents_v1 IS 'The view "incidents", version 1: every incident as it is now, with its attachments, annotations and tags in use.';

      CREATE TABLE incidents_v1.incidents (
        recorded_at timestamptz(3) NOT NULL,
        revised_at timestamptz(3) NOT NULL,
        position bigint NOT NULL,
        id uuid NOT NULL,
        revision integer NOT NULL,
        claims integer NOT NULL,
        warnings integer NOT NULL,
        attacks integer NOT NULL,
        links integer NOT NULL,
        disputes integer NOT NULL,
        comments integer NOT NULL,
        workspace_id text COLLATE "C" NOT NULL,
        status text COLLATE "C" NOT NULL,
        recorded_by text COLLATE "C" NOT NULL,
        revised_by text COLLATE "C" NOT NULL,
        title text,
        summary text,
        CONSTRAINT incidents_pkey PRIMARY KEY (workspace_id, id)
      ) WITH (fillfactor = 70);
      CREATE INDEX incidents_by_age ON incidents_v1.incidents (workspace_id, recorded_at, id);

      COMMENT ON TABLE incidents_v1.incidents IS 'One row an incident. It changes with every event of the incident (position, counts), so its fill factor leaves room for HOT updates: no indexed column ever changes.';
      COMMENT ON COLUMN incidents_v1.incidents.workspace_id IS 'The workspace; the distribution column of every table.';
      COMMENT ON COLUMN incidents_v1.incidents.id IS 'The incident.';
      COMMENT ON COLUMN incidents_v1.incidents.title IS 'NULL once erased by law.';
      COMMENT ON COLUMN incidents_v1.incidents.summary IS 'NULL where there is none, or it was erased.';
      COMMENT ON COLUMN incidents_v1.incidents.status IS 'open or closed.';
      COMMENT ON COLUMN incidents_v1.incidents.revision IS '1 when opened, one more with each change of title, summary or status.';
      COMMENT ON COLUMN incidents_v1.incidents.recorded_by IS 'The member who opened it.';
      COMMENT ON COLUMN incidents_v1.incidents.recorded_at IS 'When it was opened; the order of the list.';
      COMMENT ON COLUMN incidents_v1.incidents.revised_by IS 'Who made the latest revision.';
      COMMENT ON COLUMN incidents_v1.incidents.revised_at IS 'When the latest revision was made.';
      COMMENT ON COLUMN incidents_v1.incidents.position IS 'Of the latest event of the incident, whatever it was about.';
      COMMENT ON COLUMN incidents_v1.incidents.claims IS 'How many claims stand; the retracted and the erased are left out. Folded, because counting them for a page of incidents would read every annotation.';
      COMMENT ON COLUMN incidents_v1.incidents.warnings IS 'How many warnings stand.';
      COMMENT ON COLUMN incidents_v1.incidents.attacks IS 'How many attacks stand.';
      COMMENT ON COLUMN incidents_v1.incidents.links IS 'How many links stand.';
      COMMENT ON COLUMN incidents_v1.incidents.disputes IS 'How many disputes stand, the settled and withdrawn ones included.';
      COMMENT ON COLUMN incidents_v1.incidents.comments IS 'How many comments stand.';
      COMMENT ON INDEX incidents_v1.incidents_pkey IS 'Finds an incident, for readers and for the writer that replaces its row.';
      COMMENT ON INDEX incidents_v1.incidents_by_age IS 'Pages the list of incidents, the newest first.';

      CREATE TABLE incidents_v1.attachments (
        attached_at timestamptz(3) NOT NULL,
        incident_id uuid NOT NULL,
        workspace_id text COLLATE "C" NOT NULL,
        document_id text COLLATE "C" NOT NULL,
        attached_by text COLLATE "C" NOT NULL,
        CONSTRAINT attachments_pkey PRIMARY KEY (workspace_id, incident_id, document_id)
      );

      COMMENT ON TABLE incidents_v1.attachments IS 'One row a document that is attached to an incident; the document itself is in library_v1.';
      COMMENT ON COLUMN incidents_v1.attachments.workspace_id IS 'The workspace; the distribution column of every table.';
      COMMENT ON COLUMN incidents_v1.attachments.incident_id IS 'The incident.';
      COMMENT ON COLUMN incidents_v1.attachments.document_id IS 'The document: sha256: and the hex digest of its text.';
      COMMENT ON COLUMN incidents_v1.attachments.attached_by IS 'The member who attached it.';
      COMMENT ON COLUMN incidents_v1.attachments.attached_at IS 'When; with document_id the order of the list.';
      COMMENT ON INDEX incidents_v1.attachments_pkey IS 'Reads the attachments of an incident: few, so that they are sorted when read.';

      CREATE TABLE incidents_v1.annotations (
        recorded_position bigint NOT NULL,
        incident_id uuid NOT NULL,
        id uuid NOT NULL,
        workspace_id text COLLATE "C" NOT NULL,
        kind text COLLATE "C" NOT NULL,
        status text COLLATE "C" NOT NULL,
        recorded_by text COLLATE "C" NOT NULL,
        modality text COLLATE "C",
        document_id text COLLATE "C",
        tags text[] COLLATE "C",
        targets uuid[],
        body text NOT NULL,
        CONSTRAINT annotations_pkey PRIMARY KEY (workspace_id, id, incident_id)
      ) WITH (fillfactor = 90);
      CREATE INDEX annotations_in_order ON incidents_v1.annotations (workspace_id, incident_id, kind, recorded_position);

      COMMENT ON TABLE incidents_v1.annotations IS 'One row an annotation of any kind. Readers get body as it stands; the other columns find and filter it. Filters run over the rows of one kind in one incident, so they have no indexes of their own.';
      COMMENT ON COLUMN incidents_v1.annotations.workspace_id IS 'The workspace; the distribution column of every table.';
      COMMENT ON COLUMN incidents_v1.annotations.incident_id IS 'The incident that it belongs to.';
      COMMENT ON COLUMN incidents_v1.annotations.id IS 'The annotation.';
      COMMENT ON COLUMN incidents_v1.annotations.kind IS 'claim, warning, attack, link, dispute or comment.';
      COMMENT ON COLUMN incidents_v1.annotations.status IS 'active, retracted or erased; of a dispute also open, resolved, reopened or withdrawn.';
      COMMENT ON COLUMN incidents_v1.annotations.recorded_by IS 'The member who recorded it.';
      COMMENT ON COLUMN incidents_v1.annotations.recorded_position IS 'Of the event that recorded it: the order of annotations.';
      COMMENT ON COLUMN incidents_v1.annotations.modality IS 'Of a claim that states one.';
      COMMENT ON COLUMN incidents_v1.annotations.document_id IS 'The document in which a claim stands.';
      COMMENT ON COLUMN incidents_v1.annotations.tags IS 'Of a claim that has some.';
      COMMENT ON COLUMN incidents_v1.annotations.targets IS 'What a dispute or a comment is about, the comment that it replies to, the ends of a link.';
      COMMENT ON COLUMN incidents_v1.annotations.body IS 'The whole annotation as the API answers with it, in JSON.';
      COMMENT ON INDEX incidents_v1.annotations_pkey IS 'Finds an annotation by its id, in its incident or wherever it is. Ids are made in the order of time, so inserts stay at one end of the index.';
      COMMENT ON INDEX incidents_v1.annotations_in_order IS 'Reads the annotations of an incident, or one kind of them, in the order in which they were recorded.';

      CREATE TABLE incidents_v1.tags (
        incident_id uuid NOT NULL,
        claims integer NOT NULL,
        workspace_id text COLLATE "C" NOT NULL,
        tag text COLLATE "C" NOT NULL,
        CONSTRAINT tags_pkey PRIMARY KEY (workspace_id, tag, incident_id)
      ) WITH (fillfactor = 80);

      COMMENT ON TABLE incidents_v1.tags IS 'One row a tag in use in an incident. Counted here, because counting at reading time would read every claim.';
      COMMENT ON COLUMN incidents_v1.tags.workspace_id IS 'The workspace; the distribution column of every table.';
      COMMENT ON COLUMN incidents_v1.tags.incident_id IS 'The incident.';
      COMMENT ON COLUMN incidents_v1.tags.tag IS 'The word, as typed.';
      COMMENT ON COLUMN incidents_v1.tags.claims IS 'How many standing claims of the incident carry it; never 0.';
      COMMENT ON INDEX incidents_v1.tags_pkey IS 'Lists the tags of a workspace in the order of code points, from any prefix on.';
    `);
    await runner.query(`
      CREATE SCHEMA library_v1;
      COMMENT ON SCHEMA library_v1 IS 'The view "library", version 1: every document as it is now.';

      CREATE TABLE library_v1.documents (
        recorded_at timestamptz(3) NOT NULL,
        position bigint NOT NULL,
        workspace_id text COLLATE "C" NOT NULL,
        id text COLLATE "C" NOT NULL,
        language text COLLATE "C",
        title text,
        publisher text,
        upstream text,
        body text NOT NULL,
        CONSTRAINT documents_pkey PRIMARY KEY (workspace_id, id)
      );
      CREATE INDEX documents_by_age ON library_v1.documents (workspace_id, recorded_at, id);

      COMMENT ON TABLE library_v1.documents IS 'One row a document, without its text.';
      COMMENT ON COLUMN library_v1.documents.workspace_id IS 'The workspace; the distribution column of every table.';
      COMMENT ON COLUMN library_v1.documents.id IS 'sha256: and the lower-case hex SHA-256 of the text in UTF-8.';
      COMMENT ON COLUMN library_v1.documents.title IS 'NULL once erased by law.';
      COMMENT ON COLUMN library_v1.documents.publisher IS 'NULL where unknown.';
      COMMENT ON COLUMN library_v1.documents.upstream IS 'The report that this one repeats; NULL where unknown.';
      COMMENT ON COLUMN library_v1.documents.language IS 'A BCP 47 tag; NULL where unknown.';
      COMMENT ON COLUMN library_v1.documents.recorded_at IS 'When it was imported; the order of the list.';
      COMMENT ON COLUMN library_v1.documents.position IS 'Of the latest event of the document: as of any later position, the row is what was known.';
      COMMENT ON COLUMN library_v1.documents.body IS 'All but the text, as the API answers with it, in JSON.';
      COMMENT ON INDEX library_v1.documents_pkey IS 'Finds a document.';
      COMMENT ON INDEX library_v1.documents_by_age IS 'Pages the list of documents, the newest first.';

      CREATE TABLE library_v1.texts (
        workspace_id text COLLATE "C" NOT NULL,
        document_id text COLLATE "C" NOT NULL,
        text text NOT NULL,
        CONSTRAINT texts_pkey PRIMARY KEY (workspace_id, document_id)
      );

      COMMENT ON TABLE library_v1.texts IS 'One row a text. Apart from library_v1.documents, because a text never changes and the rest does, and a row is always replaced as a whole.';
      COMMENT ON COLUMN library_v1.texts.workspace_id IS 'The workspace; the distribution column of every table.';
      COMMENT ON COLUMN library_v1.texts.document_id IS 'The document: its SHA-256 is that of this text in UTF-8.';
      COMMENT ON COLUMN library_v1.texts.text IS 'The text, every character kept. An erased text has no row.';
      COMMENT ON INDEX library_v1.texts_pkey IS 'Finds a text.';
    `);
    await runner.query(`
      CREATE SCHEMA members_v1;
      COMMENT ON SCHEMA members_v1 IS 'The view "members", version 1: who may do what now, and by which tokens.';

      CREATE TABLE members_v1.members (
        added_at timestamptz(3) NOT NULL,
        position bigint NOT NULL,
        revision integer NOT NULL,
        workspace_id text COLLATE "C" NOT NULL,
        id text COLLATE "C" NOT NULL,
        name text NOT NULL,
        role text COLLATE "C" NOT NULL,
        status text COLLATE "C" NOT NULL,
        CONSTRAINT members_pkey PRIMARY KEY (workspace_id, id)
      );

      COMMENT ON TABLE members_v1.members IS 'One row a member who is or ever was in the workspace: the audit names members for ever.';
      COMMENT ON COLUMN members_v1.members.workspace_id IS 'The workspace; the distribution column of every table.';
      COMMENT ON COLUMN members_v1.members.id IS 'The handle that events carry as their actor.';
      COMMENT ON COLUMN members_v1.members.name IS 'For people to read.';
      COMMENT ON COLUMN members_v1.members.role IS 'reader, annotator, adjudicator, auditor or admin.';
      COMMENT ON COLUMN members_v1.members.status IS 'active or removed. A removed member''s tokens do nothing.';
      COMMENT ON COLUMN members_v1.members.revision IS '1 when first added, one more with each change.';
      COMMENT ON COLUMN members_v1.members.added_at IS 'When the member was last added.';
      COMMENT ON COLUMN members_v1.members.position IS 'Of the latest event about the member.';
      COMMENT ON INDEX members_v1.members_pkey IS 'Finds a member, and pages the list.';

      CREATE TABLE members_v1.tokens (
        issued_at timestamptz(3) NOT NULL,
        expires_at timestamptz(3),
        revoked_at timestamptz(3),
        workspace_id text COLLATE "C" NOT NULL,
        id uuid NOT NULL,
        member_id text COLLATE "C" NOT NULL,
        digest text COLLATE "C" NOT NULL,
        label text,
        CONSTRAINT tokens_pkey PRIMARY KEY (workspace_id, id)
      );
      CREATE INDEX tokens_by_digest ON members_v1.tokens (digest);
      CREATE INDEX tokens_of_member ON members_v1.tokens (workspace_id, member_id, issued_at, id);

      COMMENT ON TABLE members_v1.tokens IS 'One row a token that was ever issued.';
      COMMENT ON COLUMN members_v1.tokens.workspace_id IS 'The workspace; the distribution column of every table.';
      COMMENT ON COLUMN members_v1.tokens.id IS 'Names the token without giving it away.';
      COMMENT ON COLUMN members_v1.tokens.member_id IS 'Whom it stands for.';
      COMMENT ON COLUMN members_v1.tokens.digest IS 'SHA-256 of the token in lower-case hex. The token itself is kept nowhere.';
      COMMENT ON COLUMN members_v1.tokens.label IS 'What its owner calls it.';
      COMMENT ON COLUMN members_v1.tokens.issued_at IS 'When it was issued.';
      COMMENT ON COLUMN members_v1.tokens.expires_at IS 'From when on it does nothing; NULL: never.';
      COMMENT ON COLUMN members_v1.tokens.revoked_at IS 'Since when it does nothing; NULL: not revoked.';
      COMMENT ON INDEX members_v1.tokens_pkey IS 'Finds a token by its name.';
      COMMENT ON INDEX members_v1.tokens_by_digest IS 'Finds who sends a request, before the workspace is known. Not unique: one token may be issued in two workspaces, and a view never refuses a recorded fact.';
      COMMENT ON INDEX members_v1.tokens_of_member IS 'Lists a member''s tokens in the order of issue.';
    `);
    await runner.query(`
      GRANT USAGE ON SCHEMA incidents_v1, library_v1, members_v1 TO casebook_service, casebook_reader;
      GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA incidents_v1, library_v1, members_v1 TO casebook_service;
      GRANT SELECT ON ALL TABLES IN SCHEMA incidents_v1, library_v1, members_v1 TO casebook_reader;
    `);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA incidents_v1, library_v1, members_v1 CASCADE');
  }
}
