/* Made from /openapi.json by openapi-typescript; `npm run client:types` makes it again. Not to be edited. */
export interface paths {
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Is the process alive
         * @description Answers without asking the database. Restart the process if it does not answer.
         */
        get: operations["Health.live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Can it serve requests
         * @description Queries the database. Also 503 while commands cannot be recorded (a full disk, a lock that is never released), and as soon as the process is being stopped, although it still answers requests until it closes.
         */
        get: operations["Health.ready"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The workspaces of your token, and your role in each
         * @description Lets a client find the workspace that its token belongs to: every other address begins with its id. There is one, unless an operator issued the same token in several.
         */
        get: operations["Workspaces.list"];
        put?: never;
        /**
         * Open a workspace
         * @description Only an admin of the first workspace may do this. The caller becomes its admin, with a new token that is shown in this answer only. An Idempotency-Key applies within the new workspace.
         */
        post: operations["Workspaces.open"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the settings of the workspace, now or as they were
         * @description `requireIfMatch` says whether a change without If-Match is refused; `importColumns` gives the column names of imported tables. `asOf` gives the settings of that moment.
         */
        get: operations["Settings.read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change the settings of the workspace
         * @description requireIfMatch: a change without If-Match is then refused with 428. importColumns: the column names that CSV imports expect unless the import gives its own; it is replaced as a whole.
         */
        patch: operations["Settings.configure"];
        trace?: never;
    };
    "/v1/workspaces/{workspace}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the members of the workspace, now or as they were
         * @description In pages, with the role, clearance and status of each. A removed member stays in the list as `removed`.
         */
        get: operations["Members.list"];
        put?: never;
        /**
         * Add a member
         * @description The id appears in every event that the member records and never changes. The member cannot sign in before a token is issued or an OpenID Connect identity is set.
         */
        post: operations["Members.add"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/members/{member}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a member, now or as they were
         * @description The role, clearance, status and revision of one member. `asOf` gives the member as of a moment.
         */
        get: operations["Members.one"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a member’s name or role
         * @description Takes effect with the member’s next request; existing tokens stay valid. Clearance and identity are changed here too, and nobody can grant a clearance above their own.
         */
        patch: operations["Members.revise"];
        trace?: never;
    };
    "/v1/workspaces/{workspace}/members/{member}/removal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Remove a member: all their tokens stop working at once
         * @description Everything the member recorded stays, under the same id. The member’s open live feeds end.
         */
        post: operations["Members.remove"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/members/{member}/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the tokens of a member, without their secrets, now or as they were
         * @description Label, scope, expiry and revocation of each token. A secret is shown once, when it is issued, and only its SHA-256 is stored.
         */
        get: operations["Members.tokens"];
        put?: never;
        /**
         * Issue a bearer token for a member
         * @description The token is shown in this answer only. Repeating the Idempotency-Key gives the token’s id, but not the token again.
         */
        post: operations["Members.issue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/tokens/{token}/revocation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Revoke a token, at once
         * @description The next request with it is refused, and its live feeds end. A revoked token cannot be used again; issue a new one.
         */
        post: operations["Members.revoke"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/documents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List documents, now or as they were
         * @description In pages, without the texts. `q` finds words of the title in any order, folded as in search.
         */
        get: operations["Documents.list"];
        put?: never;
        /**
         * Import a document
         * @description As JSON with its text; or as a file, in the body or in multipart/form-data, with the details as query parameters or form fields: plain text, HTML, Markdown, PDF, DOCX or an e-mail, at most 10 MiB. The text of a file is extracted, details that you leave out are taken from its metadata, and the file is kept: …/original. Nothing that it refers to is fetched. The id is the SHA-256 of the text. Sending the same text again answers with the same document, its details unchanged: `differs` lists the sent details that are recorded differently. A text that was erased by law is refused.
         */
        post: operations["Documents.import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/documents/{document}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the details of a document, now or as they were
         * @description Title, publisher, dates, marking and length; the text is at `…/text`. `erased` says whether the document was erased by law.
         */
        get: operations["Documents.one"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Correct the details of a document
         * @description Fields left out keep their values; null clears a field. The text itself never changes.
         */
        patch: operations["Documents.revise"];
        trace?: never;
    };
    "/v1/workspaces/{workspace}/documents/{document}/text": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the text of a document, byte for byte
         * @description The SHA-256 of these bytes is the id of the document.
         */
        get: operations["Documents.text"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/documents/{document}/original": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the file that a document was imported from, byte for byte
         * @description As an attachment with its own media type, so that browsers neither show nor run it. A document that was imported as text answers with the text. `original` in the document has the SHA-256.
         */
        get: operations["Documents.original"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/incidents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List incidents, now or as they were
         * @description In pages, with the number of active annotations of each kind. `q` finds words of the title in any order, folded as in search.
         */
        get: operations["Incidents.list"];
        put?: never;
        /**
         * Open an incident
         * @description With `restrictedTo` nobody but those members and those who oversee all incidents ever sees it; this takes permission to adjudicate, as a restriction does.
         */
        post: operations["Incidents.open"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/incidents/{incident}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read an incident with all its annotations, now or as it was
         * @description The whole incident in one answer, including retracted annotations, which are marked. The ETag and If-None-Match avoid sending it again. Accept-Datetime gives the version of a moment (RFC 7089).
         */
        get: operations["Incidents.one"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Revise the title or summary of an incident
         * @description Fields left out keep their values; null clears the summary. The values before stay in the history.
         */
        patch: operations["Incidents.revise"];
        trace?: never;
    };
    "/v1/workspaces/{workspace}/incidents/{incident}/closure": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Close an incident: it can be read but no longer annotated
         * @description Annotations are refused with `incident-closed` until it is reopened. Closing it again changes nothing.
         */
        post: operations["Incidents.close"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/incidents/{incident}/reopening": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reopen a closed incident
         * @description It takes annotations again. Reopening an open incident changes nothing.
         */
        post: operations["Incidents.reopen"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/incidents/{incident}/documents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the documents of an incident
         * @description In pages, in the order in which they were attached, with who attached each and when.
         */
        get: operations["Incidents.documents"];
        put?: never;
        /**
         * Attach a document to an incident
         * @description Claims can quote only documents that are attached. One document may be attached to any number of incidents; attaching it again changes nothing.
         */
        post: operations["Incidents.attach"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/incidents/{incident}/documents/{document}/detachment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Detach a document that has no claims
         * @description Retract or move its claims first; until then the answer is `document-in-use`. The document itself stays in the library and can be attached again.
         */
        post: operations["Incidents.detach"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/incidents/{incident}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every change of an incident in order: who, when, what, before and after
         * @description In pages, one item per event: each changed field before and after, the reason, and a sentence in plain English.
         */
        get: operations["Incidents.history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/incidents/{incident}/restriction": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Restrict an incident to named members
         * @description From then on nobody else can see it, count it or be notified of it, including its past, except members who oversee all incidents (auditors and admins). The names replace any named before.
         */
        post: operations["Restrictions.restrict"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/incidents/{incident}/unrestriction": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let every member see a restricted incident again
         * @description Every member can see the incident again, including its past. Requires permission to adjudicate.
         */
        post: operations["Restrictions.unrestrict"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/incidents/{incident}/documents/{document}/carry-over": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Carry the claims of an incident over to a new edition of their document
         * @description The document is the new edition; its `supersedes` names the previous one. The new edition is attached, and every active claim of the incident in the previous edition is revised to refer to the new one, located by its quote and context. The answer gives the outcome for each claim. Claims whose quote is not found stay where they are. POST …/undo with the correlationId undoes all of it. Repeating it moves only the claims that remain.
         */
        post: operations["CarryOver.carry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/incidents/{incident}/proposals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Propose an annotation
         * @description It is kept as an item of type proposal, with its author and confidence, until a member accepts or declines it; analyses ignore it. A proposal that could not be recorded now is refused for the same reason: a quote must be in its document. A token narrowed to read and propose can write nothing else.
         */
        post: operations["Proposals.propose"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/incidents/{incident}/proposals/decisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept proposals, unchanged or with changes, or decline them
         * @description An accepted proposal becomes the proposed annotation, recorded by you, with the proposer in its origin; the item is retracted in the same commit. A declined one is retracted. The answer gives the outcome for each, and POST …/undo with the correlationId undoes all of it.
         */
        post: operations["Proposals.decide"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/incidents/{incident}/claims": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the claims of an incident
         * @description In pages, including retracted ones, which are marked. `asOf` gives the list as it was at a position or a time.
         */
        get: operations["Claims.list"];
        put?: never;
        /**
         * Tag a claim
         * @description Everything it refers to must be in this incident and not retracted. Its quote is checked against the document; a wrong quote is refused with the nearest passage. The answer has its id, revision and position in the ledger.
         */
        post: operations["Claims.record"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/incidents/{incident}/claims/{annotation}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a claim, now or as it was
         * @description The ETag is its revision: send it as If-Match with a change. A retracted annotation can still be read, with the reason for its retraction.
         */
        get: operations["Claims.one"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Revise a claim
         * @description Fields left out keep their values; null clears a field. Its quote is checked against the document; a wrong quote is refused with the nearest passage. With If-Match the change is refused (412) if somebody else has changed it since, and the refusal shows that change.
         */
        patch: operations["Claims.revise"];
        trace?: never;
    };
    "/v1/workspaces/{workspace}/incidents/{incident}/claims/{annotation}/retraction": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Retract a claim: it stays readable, marked as retracted, with the reason
         * @description Nothing is deleted, so references to it still work. Retracting it again changes nothing, and an undo reinstates it.
         */
        post: operations["Claims.retract"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/incidents/{incident}/warnings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the warnings of an incident
         * @description In pages, including retracted ones, which are marked. `asOf` gives the list as it was at a position or a time.
         */
        get: operations["Warnings.list"];
        put?: never;
        /**
         * Record a warning
         * @description Everything it refers to must be in this incident and not retracted. The answer has its id, revision and position in the ledger.
         */
        post: operations["Warnings.record"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/incidents/{incident}/warnings/{annotation}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a warning, now or as it was
         * @description The ETag is its revision: send it as If-Match with a change. A retracted annotation can still be read, with the reason for its retraction.
         */
        get: operations["Warnings.one"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Revise a warning
         * @description Fields left out keep their values; null clears a field. With If-Match the change is refused (412) if somebody else has changed it since, and the refusal shows that change.
         */
        patch: operations["Warnings.revise"];
        trace?: never;
    };
    "/v1/workspaces/{workspace}/incidents/{incident}/warnings/{annotation}/retraction": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Retract a warning: it stays readable, marked as retracted, with the reason
         * @description Nothing is deleted, so references to it still work. Retracting it again changes nothing, and an undo reinstates it.
         */
        post: operations["Warnings.retract"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/incidents/{incident}/attacks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the attacks of an incident
         * @description In pages, including retracted ones, which are marked. `asOf` gives the list as it was at a position or a time.
         */
        get: operations["Attacks.list"];
        put?: never;
        /**
         * Record an attack
         * @description Everything it refers to must be in this incident and not retracted. The answer has its id, revision and position in the ledger.
         */
        post: operations["Attacks.record"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/incidents/{incident}/attacks/{annotation}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read an attack, now or as it was
         * @description The ETag is its revision: send it as If-Match with a change. A retracted annotation can still be read, with the reason for its retraction.
         */
        get: operations["Attacks.one"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Revise an attack
         * @description Fields left out keep their values; null clears a field. With If-Match the change is refused (412) if somebody else has changed it since, and the refusal shows that change.
         */
        patch: operations["Attacks.revise"];
        trace?: never;
    };
    "/v1/workspaces/{workspace}/incidents/{incident}/attacks/{annotation}/retraction": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Retract an attack: it stays readable, marked as retracted, with the reason
         * @description Nothing is deleted, so references to it still work. Retracting it again changes nothing, and an undo reinstates it.
         */
        post: operations["Attacks.retract"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/incidents/{incident}/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the links of an incident
         * @description In pages, including retracted ones, which are marked. `asOf` gives the list as it was at a position or a time.
         */
        get: operations["Links.list"];
        put?: never;
        /**
         * Make a link
         * @description Everything it refers to must be in this incident and not retracted. The answer has its id, revision and position in the ledger.
         */
        post: operations["Links.record"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/incidents/{incident}/links/{annotation}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a link, now or as it was
         * @description The ETag is its revision: send it as If-Match with a change. A retracted annotation can still be read, with the reason for its retraction.
         */
        get: operations["Links.one"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Revise a link
         * @description Fields left out keep their values; null clears a field. With If-Match the change is refused (412) if somebody else has changed it since, and the refusal shows that change.
         */
        patch: operations["Links.revise"];
        trace?: never;
    };
    "/v1/workspaces/{workspace}/incidents/{incident}/links/{annotation}/retraction": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Retract a link: it stays readable, marked as retracted, with the reason
         * @description Nothing is deleted, so references to it still work. Retracting it again changes nothing, and an undo reinstates it.
         */
        post: operations["Links.retract"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/incidents/{incident}/disputes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the disputes of an incident
         * @description In pages, including retracted ones, which are marked. `asOf` gives the list as it was at a position or a time.
         */
        get: operations["Disputes.list"];
        put?: never;
        /**
         * Raise a dispute
         * @description Everything it refers to must be in this incident and not retracted. The answer has its id, revision and position in the ledger.
         */
        post: operations["Disputes.record"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/incidents/{incident}/disputes/{annotation}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a dispute, now or as it was
         * @description The ETag is its revision: send it as If-Match with a change. A retracted annotation can still be read, with the reason for its retraction.
         */
        get: operations["Disputes.one"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Revise a dispute
         * @description Fields left out keep their values; null clears a field. With If-Match the change is refused (412) if somebody else has changed it since, and the refusal shows that change.
         */
        patch: operations["Disputes.revise"];
        trace?: never;
    };
    "/v1/workspaces/{workspace}/incidents/{incident}/disputes/{annotation}/retraction": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Retract a dispute: it stays readable, marked as retracted, with the reason
         * @description Nothing is deleted, so references to it still work. Retracting it again changes nothing, and an undo reinstates it.
         */
        post: operations["Disputes.retract"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/incidents/{incident}/comments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the comments of an incident
         * @description In pages, including retracted ones, which are marked. `asOf` gives the list as it was at a position or a time.
         */
        get: operations["Comments.list"];
        put?: never;
        /**
         * Make a comment
         * @description Everything it refers to must be in this incident and not retracted. The answer has its id, revision and position in the ledger.
         */
        post: operations["Comments.record"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/incidents/{incident}/comments/{annotation}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a comment, now or as it was
         * @description The ETag is its revision: send it as If-Match with a change. A retracted annotation can still be read, with the reason for its retraction.
         */
        get: operations["Comments.one"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Revise a comment
         * @description Fields left out keep their values; null clears a field. With If-Match the change is refused (412) if somebody else has changed it since, and the refusal shows that change.
         */
        patch: operations["Comments.revise"];
        trace?: never;
    };
    "/v1/workspaces/{workspace}/incidents/{incident}/comments/{annotation}/retraction": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Retract a comment: it stays readable, marked as retracted, with the reason
         * @description Nothing is deleted, so references to it still work. Retracting it again changes nothing, and an undo reinstates it.
         */
        post: operations["Comments.retract"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/incidents/{incident}/items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the items of an incident
         * @description In pages, including retracted ones, which are marked. `asOf` gives the list as it was at a position or a time.
         */
        get: operations["Items.list"];
        put?: never;
        /**
         * Keep an item
         * @description Everything it refers to must be in this incident and not retracted. The answer has its id, revision and position in the ledger.
         */
        post: operations["Items.record"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/incidents/{incident}/items/{annotation}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read an item, now or as it was
         * @description The ETag is its revision: send it as If-Match with a change. A retracted annotation can still be read, with the reason for its retraction.
         */
        get: operations["Items.one"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Revise an item
         * @description Fields left out keep their values; null clears a field. With If-Match the change is refused (412) if somebody else has changed it since, and the refusal shows that change.
         */
        patch: operations["Items.revise"];
        trace?: never;
    };
    "/v1/workspaces/{workspace}/incidents/{incident}/items/{annotation}/retraction": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Retract an item: it stays readable, marked as retracted, with the reason
         * @description Nothing is deleted, so references to it still work. Retracting it again changes nothing, and an undo reinstates it.
         */
        post: operations["Items.retract"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/incidents/{incident}/disputes/{annotation}/resolution": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Settle a dispute
         * @description `prevails` gives the index of the winning position; the other outcomes have none. The reason is required, and the settlement can be reopened.
         */
        post: operations["Dispute.settle"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/incidents/{incident}/disputes/{annotation}/withdrawal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Withdraw a dispute
         * @description For a dispute that should not have been raised or that nobody is pursuing. It stays readable and can be reopened.
         */
        post: operations["Dispute.withdraw"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/incidents/{incident}/disputes/{annotation}/reopening": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reopen a settled or withdrawn dispute
         * @description The dispute is open again, and its earlier settlement stays in the history.
         */
        post: operations["Dispute.reopen"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/batches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send many commands at once: all or nothing, or each on its own
         * @description At most 1000 commands. A later command can refer by name to something that an earlier one creates: { "command": "record-attack", "as": "attack", … }, then "attackId": "$attack". atomic: one commit; if one command is refused, the batch is refused with its index. each: the answer has a result for every command. One Idempotency-Key covers the whole batch.
         */
        post: operations["Batches.send"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Undo events, or what one member did in a period
         * @description By compensating events, in one commit, at most 10000 at once: recorded annotations are retracted, retracted ones are reinstated, and revised fields get their earlier values back if they are still as that revision left them. Anything changed since, or referred to, is a conflict: then nothing is undone or, with skipConflicts, everything else is. dryRun gives the same answer and records nothing. An undo can be undone like any other change. It also takes permission to read, because the answer shows what it undoes.
         */
        post: operations["Undo.undo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/incidents/{incident}/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import any number of annotations as a stream
         * @description With application/x-ndjson, each line is recorded on its own, in order. The answer streams back JSON Lines: {type: refused, line, key, problem} for each refused line, {type: progress, lines, recorded, already, refused} every 1,000 lines, and {type: end, complete} with the same numbers. It stops early, with complete: false, at the 1,000th refused line or when nothing arrives for 30 s. A line that an earlier import recorded (same incident, same key) is not recorded again, so an interrupted import can simply be sent again. "$key" in a line refers to what the line with that key creates. stop=first stops at the first refused line. Other tools: web-annotation (W3C Web Annotation: one annotation, a list, a collection or a page, in JSON-LD); hypothesis (Hypothesis: the API’s answer to a search ({total, rows}), a list of rows, or one row); recogito (Recogito Text Annotator: a list of annotations, or one); csv (CSV: a table with a header row and annotations of one kind, given by kind); stix (STIX 2.1 or 2.0: a bundle, the answer of a TAXII server, a list of objects, or one object); misp (MISP: the answer to a search ({response: [{Event}]}), an event ({Event}), or a list of events); as application/ld+json, text/csv, application/stix+json, or as application/json with from=hypothesis or recogito or misp. The answer streams back {type: item, index, source, outcome, id, kind, distance, why} for each item and finally {type: end, import}: send that id to POST …/undo as correlationId to undo the whole import. An item that was imported before is known and records nothing. Authors from other tools are kept in origin.attributedTo. No address in the input is fetched. dryRun=true gives the same answer and records nothing. docs/exchange.md describes each tool.
         */
        post: operations["Import.import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/incidents/{incident}/export/{format}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export an incident in the format of another tool, now or as it was
         * @description Streamed, with the media type of the format and a file name. The formats: web-annotation (W3C Web Annotation: an AnnotationCollection in JSON-LD with its page embedded); csv (CSV, one table by kind: claims, warnings, attacks, links, disputes, comments, items or tolls); xlsx (an Excel workbook with one sheet per table); prov (PROV-JSON: the history, each event an activity, each revision an entity, each member an agent); claimreview (schema.org ClaimReview: the settled disputes, one review per position); geojson (GeoJSON: the attacks, with a point where coordinates are recorded); stix (STIX 2.1: one bundle); report.html (a report for people, with a proof at its foot that npx casebook verify --offline checks); report.pdf (the same report as a PDF, where the service has a Chromium (CASEBOOK_CHROMIUM)). Ledger-Position gives the position it reflects; the ETag and If-None-Match avoid sending it again. docs/exchange.md says how to load it into each tool.
         */
        get: operations["IncidentExports.incident"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/documents/{document}/export/web-annotation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export the claims in a document as Web Annotations
         * @description From every incident that you may see, as one AnnotationCollection in JSON-LD; retracted claims are marked.
         */
        get: operations["IncidentExports.document"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/taxii2": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * TAXII 2.1: discovery
         * @description The API root of your token’s workspace.
         */
        get: operations["Taxii.discovery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/taxii2/{workspace}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * TAXII 2.1: an API root
         * @description The title of the workspace, and the supported version of TAXII.
         */
        get: operations["Taxii.root"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/taxii2/{workspace}/collections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * TAXII 2.1: the collections, one per incident
         * @description Only those that you may see. All are read-only.
         */
        get: operations["Taxii.all"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/taxii2/{workspace}/collections/{incident}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * TAXII 2.1: a collection
         * @description One incident, with its title and the media type of its objects. Read-only.
         */
        get: operations["Taxii.one"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/taxii2/{workspace}/collections/{incident}/objects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * TAXII 2.1: the objects of a collection
         * @description The objects of …/export/stix in the order in which they were added, in pages: send next back with the same filters.
         */
        get: operations["Taxii.objects"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/taxii2/{workspace}/collections/{incident}/objects/{object}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * TAXII 2.1: one object of a collection
         * @description The latest version of the object, in an envelope. The filters are those of the list of objects.
         */
        get: operations["Taxii.object"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/taxii2/{workspace}/collections/{incident}/objects/{object}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * TAXII 2.1: the versions of an object
         * @description A collection has the latest version of each object; …/export/stix?asOf= has earlier ones.
         */
        get: operations["Taxii.versions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/taxii2/{workspace}/collections/{incident}/manifest": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * TAXII 2.1: the manifest of a collection
         * @description The objects of the collection, and when each was added.
         */
        get: operations["Taxii.manifest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ns/casebook-stix.schema.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The JSON Schema of Casebook’s extension of STIX
         * @description The extension-definition in every exported STIX bundle refers to it. The same for every caller.
         */
        get: operations["Context.stixSchema"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ns/casebook.jsonld": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The JSON-LD context of Casebook’s own terms
         * @description Every exported Web Annotation refers to it, beside the W3C context. The same for every caller.
         */
        get: operations["Context.context"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/incidents/{incident}/web-annotations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The container of an incident’s annotations (W3C Web Annotation Protocol)
         * @description An AnnotationCollection with the addresses of its pages, which hold 100 annotations each, whole or (Prefer: PreferContainedIRIs) as addresses. Retracted and erased annotations are left out.
         */
        get: operations["WebAnnotations.container"];
        put?: never;
        /**
         * Record a Web Annotation
         * @description A passage of a document of the incident becomes a claim, and a text about an annotation becomes a comment; anything else is kept as an item. Answers with the annotation as it is now, and its address in Location. A canonical IRI is kept for good and can be used only once.
         */
        post: operations["WebAnnotations.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/incidents/{incident}/web-annotations/{annotation}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one annotation as a Web Annotation
         * @description As JSON-LD, with an ETag that PUT and DELETE take in If-Match. A deleted one is 410.
         */
        get: operations["WebAnnotations.one"];
        /**
         * Replace a Web Annotation
         * @description A revision like any other: whatever the representation leaves out is cleared. If-Match with the ETag you read makes sure that nobody has changed it since.
         */
        put: operations["WebAnnotations.replace"];
        post?: never;
        /**
         * Delete a Web Annotation
         * @description It is retracted: the history keeps it, and an undo brings it back. Reading it then answers 410.
         */
        delete: operations["WebAnnotations.remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/incidents/{incident}/difference": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What changed in an incident between two moments, field by field, and in sentences
         * @description Net: a field that was changed and changed back does not differ. Each difference names the events that caused it; `changes` lists them in order, with who and why.
         */
        get: operations["Changes.difference"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/incidents/{incident}/annotations/{annotation}/blame": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * For each field of an annotation of any kind: the event, member, time and reason that set it
         * @description Like `git blame`: for every value that holds now, or held at `asOf`, the event that set it.
         */
        get: operations["Changes.blame"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/difference": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What changed in the workspace between two moments, item by item, and in sentences
         * @description One item for each incident, each document and the member list, in the order of their first change in between; net, like the difference of an incident. All pages end at the same moment. A page may be short or empty while `next` is not null.
         */
        get: operations["WorkspaceDifference.difference"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/incidents/{incident}/timemap": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The mementos of an incident (RFC 7089): an address and a time for each of its events
         * @description In order, in pages: each page but the last links to the next as a further TimeMap.
         */
        get: operations["Timemap.timemap"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/incidents/{incident}/sources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Documents and independent sources behind each claim, position and annotation
         * @description Two papers that print the same agency report count as one source. Each count names the claims and documents behind it.
         */
        get: operations["Analysis.sources"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/incidents/{incident}/casualties": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every figure stated for each attack: who states it and where; low, high, best
         * @description Figures come from the claims that an attack names as evidence. Low and high are the smallest and largest figures stated; best is the analyst’s, or derived and marked as derived.
         */
        get: operations["Analysis.casualties"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/incidents/{incident}/scorecard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Each warning beside its attacks: specificity, lead time, disclosure, disputes, who was told
         * @description Lead time is in UTC calendar days: the shortest and the longest that the two dates allow. A warning is contested while a dispute about it, its link or its evidence is open.
         */
        get: operations["Analysis.scorecard"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/incidents/{incident}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Warnings and attacks by date, each with the earliest and latest instant that its date allows
         * @description Sorted by these bounds. Dates are EDTF, so “2024-01” is the whole month, bounded by its first and last instant.
         */
        get: operations["Analysis.timeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/incidents/{incident}/graph": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Warnings and attacks as nodes, links as edges, for any client to draw
         * @description Each edge has its relation, assessment and confidence, and says whether a dispute contests it.
         */
        get: operations["Analysis.graph"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/incidents/{incident}/suggestions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Possible oversights, and the decisions about them
         * @description Suggestions are computed. A suggestion keeps its id while its facts stay the same; a dismissed one stays dismissed until they change.
         */
        get: operations["Analysis.suggestions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/incidents/{incident}/suggestions/{suggestion}/acceptance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept a suggestion; contradictory figures are raised as a dispute
         * @description The decision and its consequences are one commit. The suggestion’s `state` is then `accepted`.
         */
        post: operations["Analysis.accept"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/incidents/{incident}/suggestions/{suggestion}/dismissal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Dismiss a suggestion: it stays dismissed until its facts change
         * @description The decision is an event with its reason. If the facts change, a new suggestion with a new id is open.
         */
        post: operations["Analysis.dismiss"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/disputes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The disputes of all incidents, oldest first: age, owner, positions by support
         * @description With asOf: as they stood then, their ages counted to the last event of that moment. A page may then be short, or empty, while `next` is not null.
         */
        get: operations["Board.disputes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/activity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The number of changes by day, member, incident and kind
         * @description Days are UTC days. A page may be short or empty while `next` is not null.
         */
        get: operations["Board.activity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search documents, incidents and annotations, now or as they were
         * @description All words of `q` must occur in one document (in a long one, in one passage), incident or annotation; case and accents are ignored. Results come in tiers: the newest thousand, best first; then the thousand before them. The view follows the ledger: `position` says how far it has got. A page may be short or empty while `next` is not null.
         */
        get: operations["Search.search"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every change of the workspace in order: who, when, what, before and after
         * @description In pages, with filters by actor, incident, annotation, type and time. The items are those of an incident’s history.
         */
        get: operations["Ledger.audit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The ledger itself, in order, or live
         * @description Positions have no gaps: a reader that has seen position n has seen everything up to n. With Accept: text/event-stream the answer continues as server-sent events (CloudEvents 1.0), from `after`, from Last-Event-ID, or from now on; it begins with an id without data, which is its starting position. In place of an imported document’s text, data has its digest, its length in bytes and the href of the text; GET …/ledger/export has the text itself.
         */
        get: operations["Ledger.events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The tags in use, with the number of claims for each
         * @description In pages. Retracted claims do not count.
         */
        get: operations["Ledger.tags"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/ledger/checkpoint": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The signed checkpoint of the ledger
         * @description Its number of events and their Merkle root, signed (C2SP tlog-checkpoint, signed-note, Ed25519), with the witness cosignatures received so far. `witnessed=true`: the latest checkpoint with enough of them for the service’s witness policy.
         */
        get: operations["Transparency.checkpoint"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/ledger/verifier-key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The verifier keys of the ledger’s checkpoints, one per line
         * @description The current key first; then earlier keys, and any that also signs while the key is being rotated.
         */
        get: operations["Transparency.verifierKey"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/ledger/tile/entries/{path}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * An entry bundle: the envelopes of up to 256 events
         * @description N is the index in groups of three digits, each but the last prefixed with x, and .p/W is the width of a partial one (C2SP tlog-tiles). A bundle with events that the caller may not see is refused.
         */
        get: operations["Transparency.entries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/ledger/tile/{level}/{path}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A tile of the Merkle tree: up to 256 hashes of 32 bytes
         * @description Level 0 holds leaf hashes. N[.p/W] as for entries (C2SP tlog-tiles).
         */
        get: operations["Transparency.tile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/ledger/inclusion/{position}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Proof that an event is in the ledger of a checkpoint
         * @description The audit path of RFC 6962 (2.1.1), starting with the leaf’s sibling. Check it with the event’s envelope and the checkpoint in the answer.
         */
        get: operations["Transparency.inclusion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/ledger/proof/{position}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The same as a file that can be checked without the service (.tlog-proof)
         * @description C2SP tlog-proof; its extra line is the event’s envelope. npx casebook verify --offline checks it. `witnessed=true`: with the latest checkpoint that meets the service’s witness policy.
         */
        get: operations["Transparency.offline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/ledger/consistency": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Proof that the ledger at one size extends the ledger at another
         * @description The consistency proof of RFC 6962 (2.1.2) between the sizes `from` and `to`. It shows that nothing up to `from` was changed or removed.
         */
        get: operations["Transparency.consistency"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/ledger/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The whole ledger as a file that proves itself
         * @description Every event as a CloudEvent, one per line, followed by the signed checkpoint: the same bytes as npx casebook export writes, for npx casebook import-ledger and npx casebook verify --offline. It holds everything, including restricted incidents and every marking, so it takes permission to oversee and a clearance of red. Accept-Encoding: gzip compresses it. Content-Location is the address of the same export; append after= to continue behind the last event received.
         */
        get: operations["Export.export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/erasures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Erase the content of events by law, permanently
         * @description Erases the payloads of the events at `positions`, or of all events about `subject`, from the ledger and every view in one transaction. The fact, time, author and subject of each event remain, and every proof still verifies. The erasure is itself an event. It cannot be undone.
         */
        post: operations["Erasures.erase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/projections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The progress of each view, and its errors
         * @description For the workspace of your token: the position and lag of every version of every view, the event and the error it failed on, if any, and its latest rebuild.
         */
        get: operations["Projections.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/projections/{view}/rebuild": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rebuild a view from the first event, beside the rows in use
         * @description Reads and writes continue. Differences are corrected in one transaction; GET /v1/admin/projections shows the progress. POST …/undo undoes it.
         */
        post: operations["Projections.rebuild"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/projections/{view}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Undo the latest rebuild of a view
         * @description Restores the rows that it replaced, except those changed by writes since.
         */
        post: operations["Projections.undo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/incidents/{incident}/proof": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A checksum of the rows about an incident, bound to the root of the ledger
         * @description Rebuilding from the ledger with this root gives rows with the same checksum at the same position; npx casebook verify checks this.
         */
        get: operations["IncidentProof.proof"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/refusals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List refused attempts, latest first
         * @description Requests to this workspace without a valid token, beyond the permissions of a role or token, or beyond the limits. Identical attempts within a minute are one item with a count. Not part of the ledger: the latest 10,000 are kept.
         */
        get: operations["Refusals.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the webhooks of the workspace
         * @description Each with its position, its failed attempts, and the number of events it has given up on. Secrets are not shown.
         */
        get: operations["Webhooks.list"];
        put?: never;
        /**
         * Create a webhook: every further event is sent to its address
         * @description As a CloudEvent, signed as Standard Webhooks, at least once and in order. It sends only what you may see at the time of delivery. The answer has the signing secret, which is not shown again.
         */
        post: operations["Webhooks.make"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/webhooks/{webhook}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove a webhook
         * @description Nothing more is sent to it, and its dead letters are deleted.
         */
        delete: operations["Webhooks.remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/webhooks/{webhook}/redelivery": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send the events behind a position again
         * @description Restarts a stopped webhook and deletes its dead letters behind that position. Receivers recognise a repeated event by its webhook-id.
         */
        post: operations["Webhooks.redeliver"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspace}/webhooks/{webhook}/dead-letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the events that a webhook has given up on
         * @description The latest 500, with the reason the last attempt failed. POST …/redelivery sends them and everything behind them again.
         */
        get: operations["Webhooks.deadLetters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        WorkspacePage: {
            items: components["schemas"]["Workspace"][];
            next: string | null;
        };
        Workspace: {
            id: components["schemas"]["WorkspaceId"];
            member: components["schemas"]["KnownMemberId"];
            role: components["schemas"]["Role"];
        };
        /** @example default */
        WorkspaceId: string;
        /** @example alice */
        KnownMemberId: string;
        /**
         * @example annotator
         * @enum {string}
         */
        Role: "reader" | "annotator" | "adjudicator" | "auditor" | "admin";
        /**
         * @example {
         *       "id": "desk-two",
         *       "title": "Second desk"
         *     }
         */
        OpenWorkspace: {
            id: components["schemas"]["WorkspaceId"];
            title?: string;
        };
        IssuedToken: {
            id: string;
            /** @description 1 when recorded, one more with each change */
            revision: number;
            position: components["schemas"]["Position"];
            merged?: components["schemas"]["Merged"];
            /** @description for an import of a known text: the sent details that differ from the recorded ones, each with the recorded value (null: none). The recorded values stay; PATCH …/documents/{id} changes them. Absent if the caller is not cleared for the document */
            differs?: {
                [key: string]: string | null;
            };
            token?: string;
        };
        /** @example 42 */
        Position: number;
        /**
         * @example {
         *       "base": 3,
         *       "theirs": [
         *         "modality"
         *       ],
         *       "yours": [
         *         "statement"
         *       ],
         *       "combined": []
         *     }
         */
        Merged: {
            /** @description the revision in If-Match */
            base: number;
            /** @description fields that others have changed since; they keep their values */
            theirs: string[];
            /** @description fields that this write changed */
            yours: string[];
            /** @description sets (tags, evidence, targets) that combine the items of both sides */
            combined: string[];
        };
        WorkspaceSettings: {
            /** @description whether a change without If-Match is refused (428) */
            requireIfMatch: boolean;
            /** @description the column names of imported tables: for each table, the Casebook column for each of its columns with a different name; replaced as a whole */
            importColumns?: components["schemas"]["ImportColumns"];
            revision: number;
        };
        /**
         * @example {
         *       "claims": {
         *         "Aussage": "statement",
         *         "Quelle": "asserters"
         *       }
         *     }
         */
        ImportColumns: {
            [key: string]: {
                [key: string]: string;
            };
        };
        /**
         * @example {
         *       "requireIfMatch": true,
         *       "reason": "We are more than three now."
         *     }
         */
        ConfigureWorkspace: {
            /** @description whether a change without If-Match is refused (428) */
            requireIfMatch?: boolean;
            /** @description the column names of imported tables: for each table, the Casebook column for each of its columns with a different name; replaced as a whole */
            importColumns?: components["schemas"]["ImportColumns"];
            reason?: string;
        };
        /**
         * @example {
         *       "id": "01990f3e-7c1a-7b52-9d5e-6f1c2a3b4c5d",
         *       "revision": 1,
         *       "position": 42
         *     }
         */
        WriteAnswer: {
            id: string;
            /** @description 1 when recorded, one more with each change */
            revision: number;
            position: components["schemas"]["Position"];
            merged?: components["schemas"]["Merged"];
            /** @description for an import of a known text: the sent details that differ from the recorded ones, each with the recorded value (null: none). The recorded values stay; PATCH …/documents/{id} changes them. Absent if the caller is not cleared for the document */
            differs?: {
                [key: string]: string | null;
            };
        };
        MemberPage: {
            items: components["schemas"]["Member"][];
            next: string | null;
        };
        Member: {
            id: components["schemas"]["KnownMemberId"];
            name: string;
            role: components["schemas"]["Role"];
            /** @description left out: red */
            clearance?: components["schemas"]["Tlp"];
            identity?: string;
            /** @enum {string} */
            status: "active" | "removed";
            /** @description 1 when recorded, one more with each change */
            revision: number;
            addedAt: components["schemas"]["Instant"];
            position: components["schemas"]["Position"];
        };
        /**
         * @example clear
         * @enum {string}
         */
        Tlp: "clear" | "green" | "amber" | "amber+strict" | "red";
        /**
         * Format: date-time
         * @example 2026-01-31T09:30:00.000Z
         */
        Instant: string;
        /**
         * @example {
         *       "id": "alice",
         *       "name": "Alice Ferrand",
         *       "role": "annotator"
         *     }
         */
        AddMember: {
            id: components["schemas"]["MemberId"];
            name: string;
            role: components["schemas"]["Role"];
            /** @description the highest TLP marking that the member may see; documents above it, and incidents with such a document, are hidden from the member. Default: red, which is everything */
            clearance?: components["schemas"]["Tlp"];
            /** @description the subject (`sub`) of the member’s OpenID Connect tokens; no other subject can sign in as this member */
            identity?: string;
        };
        /** @example alice */
        MemberId: string;
        /**
         * @example {
         *       "role": "adjudicator",
         *       "reason": "Leads the desk from today."
         *     }
         */
        ReviseMember: {
            name?: string;
            role?: components["schemas"]["Role"];
            clearance?: components["schemas"]["Tlp"] | null;
            identity?: string | null;
            reason?: string;
        };
        /**
         * @example {
         *       "reason": "Agreed at the morning meeting."
         *     }
         */
        OptionalReason: {
            reason?: string;
        };
        /**
         * @example {
         *       "label": "laptop"
         *     }
         */
        IssueToken: {
            label?: string;
            /**
             * Format: date-time
             * @example 2026-01-31T09:30:00Z
             */
            expiresAt?: string;
            /** @description the permissions of the token, within the member’s role: ["read"] makes a read-only token. Default: all */
            permissions?: components["schemas"]["Permission"][];
        };
        /**
         * @description propose: propose annotations for others to decide on; oversee: see incidents restricted to others; routes name the other permissions
         * @enum {string}
         */
        Permission: "read" | "propose" | "annotate" | "adjudicate" | "oversee" | "administer";
        TokenPage: {
            items: components["schemas"]["Token"][];
            next: string | null;
        };
        Token: {
            id: components["schemas"]["EntityId"];
            memberId: components["schemas"]["KnownMemberId"];
            label?: string;
            /** @description absent: all of the member’s */
            permissions?: components["schemas"]["Permission"][];
            issuedAt: components["schemas"]["Instant"];
            expiresAt?: components["schemas"]["Instant"];
            revokedAt?: components["schemas"]["Instant"];
        };
        /** @example 01990f3e-7c1a-7b52-9d5e-6f1c2a3b4c5d */
        EntityId: string;
        /**
         * @description Extended Date/Time Format, ISO 8601-2:2019 levels 0 to 2
         * @example 2019-12~
         */
        EdtfDate: string;
        /**
         * @example B
         * @enum {string}
         */
        Reliability: "A" | "B" | "C" | "D" | "E" | "F";
        /** @example sha256:43926d0a44dafd5ecbaf81033279f0f6659dc0d641b4dcfa565e0bf133fb5aa2 */
        DocumentId: string;
        /**
         * @example {
         *       "title": "Blast at the river market kills at least nine",
         *       "text": "At least nine people were killed on Tuesday, the regional governor said.",
         *       "publisher": "The Harbour Courier",
         *       "published": "2031-03-04",
         *       "url": "https://example.org/courier/river-market",
         *       "language": "en",
         *       "upstream": "Meridian News Agency, 4 March"
         *     }
         */
        ImportDocument: {
            title: string;
            publisher?: string;
            /** @description the authors, as the document names them */
            author?: string;
            published?: components["schemas"]["EdtfDate"];
            retrieved?: components["schemas"]["EdtfDate"];
            url?: string;
            language?: string;
            tlp?: components["schemas"]["Tlp"];
            reliability?: components["schemas"]["Reliability"];
            /** @description the report that this one repeats, such as an agency dispatch or another paper; documents with the same upstream count as one source */
            upstream?: string;
            /** @description the earlier edition of the same document, which this one replaces */
            supersedes?: components["schemas"]["DocumentId"];
            text: string;
        };
        DocumentPage: {
            items: components["schemas"]["Document"][];
            next: string | null;
        };
        Document: {
            id: components["schemas"]["DocumentId"];
            title?: string;
            publisher?: string;
            /** @description the authors, as the document names them */
            author?: string;
            published?: components["schemas"]["EdtfDate"];
            retrieved?: components["schemas"]["EdtfDate"];
            url?: string;
            language?: string;
            tlp?: components["schemas"]["Tlp"];
            reliability?: components["schemas"]["Reliability"];
            /** @description the report that this one repeats, such as an agency dispatch or another paper; documents with the same upstream count as one source */
            upstream?: string;
            /** @description the earlier edition of the same document, which this one replaces */
            supersedes?: components["schemas"]["DocumentId"];
            /** @description true: erased by law; no details remain */
            erased?: boolean;
            /** @description the file that the text was extracted from; absent if the text itself was imported */
            original?: components["schemas"]["OriginalFacts"];
            /** @description 1 when recorded, one more with each change */
            revision: number;
            /** @description length of the text in bytes of UTF-8 */
            bytes: number;
            /** @description length of the text in Unicode code points, the unit of anchors */
            codePoints: number;
            recordedBy: components["schemas"]["KnownMemberId"];
            recordedAt: components["schemas"]["Instant"];
            position: components["schemas"]["Position"];
        };
        OriginalFacts: {
            /** @description sha256: and the SHA-256 of its bytes */
            digest: string;
            /** @example application/pdf */
            mediaType: string;
            bytes: number;
            fileName?: string;
            /** @description as its sender declared it */
            charset?: string;
            /** @description the program that extracted the text, with its version: the same version always extracts the same text from the same bytes */
            extractor: string;
        };
        /**
         * @description only the changed fields, each as a whole unless it has parts: a list or object replaces the old one; null clears a field; reason is kept in the history
         * @example {
         *       "upstream": "Meridian News Agency, 4 March",
         *       "reason": "Named in its last line."
         *     }
         */
        ReviseDocument: {
            title?: string;
            publisher?: string | null;
            author?: string | null;
            published?: components["schemas"]["EdtfDate"] | null;
            retrieved?: components["schemas"]["EdtfDate"] | null;
            url?: string | null;
            language?: string | null;
            tlp?: components["schemas"]["Tlp"] | null;
            reliability?: components["schemas"]["Reliability"] | null;
            upstream?: string | null;
            supersedes?: components["schemas"]["DocumentId"] | null;
            reason?: string;
        };
        /**
         * @example {
         *       "title": "Rockets at Tarrick",
         *       "summary": "Who fired, and who was warned before."
         *     }
         */
        OpenIncident: {
            title: string;
            summary?: string;
            /** @description restrict the incident to these members from the start; requires permission to adjudicate */
            restrictedTo?: components["schemas"]["MemberId"][];
        };
        IncidentPage: {
            items: components["schemas"]["IncidentSummary"][];
            next: string | null;
        };
        IncidentSummary: {
            id: components["schemas"]["EntityId"];
            title?: string;
            summary?: string;
            /** @enum {string} */
            status: "open" | "closed";
            /** @description the only members who may see it, besides those with permission to oversee; absent: every member */
            restrictedTo?: components["schemas"]["KnownMemberId"][];
            /** @description of the title, summary, status and restriction */
            revision: number;
            recordedBy: components["schemas"]["KnownMemberId"];
            recordedAt: components["schemas"]["Instant"];
            revisedBy: components["schemas"]["KnownMemberId"];
            revisedAt: components["schemas"]["Instant"];
            /** @description of the latest event about this incident or anything in it */
            position: components["schemas"]["Position"];
            /** @description annotations by kind, without retracted ones */
            counts: {
                [key: string]: number;
            };
        };
        Incident: {
            id: components["schemas"]["EntityId"];
            title?: string;
            summary?: string;
            /** @enum {string} */
            status: "open" | "closed";
            /** @description the only members who may see it, besides those with permission to oversee; absent: every member */
            restrictedTo?: components["schemas"]["KnownMemberId"][];
            /** @description of the title, summary, status and restriction */
            revision: number;
            recordedBy: components["schemas"]["KnownMemberId"];
            recordedAt: components["schemas"]["Instant"];
            revisedBy: components["schemas"]["KnownMemberId"];
            revisedAt: components["schemas"]["Instant"];
            /** @description of the latest event about this incident or anything in it */
            position: components["schemas"]["Position"];
            documents: components["schemas"]["Attachment"][];
            claims: components["schemas"]["Claim"][];
            warnings: components["schemas"]["Warning"][];
            attacks: components["schemas"]["Attack"][];
            links: components["schemas"]["Link"][];
            disputes: components["schemas"]["Dispute"][];
            comments: components["schemas"]["Comment"][];
            items: components["schemas"]["Item"][];
        };
        Attachment: {
            id: components["schemas"]["DocumentId"];
            title?: string;
            publisher?: string;
            attachedBy: components["schemas"]["KnownMemberId"];
            attachedAt: components["schemas"]["Instant"];
        };
        Claim: {
            id: components["schemas"]["EntityId"];
            kind: components["schemas"]["AnnotationKind"];
            /** @description 1 when recorded, one more with each change */
            revision: number;
            status: components["schemas"]["AnnotationStatus"];
            recordedBy: components["schemas"]["KnownMemberId"];
            recordedAt: components["schemas"]["Instant"];
            /** @description who made the latest revision */
            revisedBy: components["schemas"]["KnownMemberId"];
            revisedAt: components["schemas"]["Instant"];
            /** @description of the latest event about this annotation */
            position: components["schemas"]["Position"];
            retraction?: {
                by: components["schemas"]["KnownMemberId"];
                at: components["schemas"]["Instant"];
                reason?: string;
            };
            anchor?: components["schemas"]["Anchor"];
            /** @description the claim in the analyst’s own words */
            statement?: string;
            /** @description the chain of attribution, from the speaker to the publisher */
            asserters?: components["schemas"]["Asserter"][];
            quotation?: components["schemas"]["Quotation"];
            modality?: components["schemas"]["Modality"];
            /** @description the estimative word as printed: likely, unlikely, … */
            estimative?: string;
            credibility?: components["schemas"]["Credibility"];
            tags?: components["schemas"]["Tag"][];
            figure?: components["schemas"]["Figure"];
            origin?: components["schemas"]["Origin"];
        };
        /** @enum {string} */
        AnnotationKind: "claim" | "warning" | "attack" | "link" | "dispute" | "comment" | "item";
        /**
         * @description a dispute is open, resolved, reopened or withdrawn; any other annotation active; each may be retracted, or erased by law
         * @enum {string}
         */
        AnnotationStatus: "active" | "retracted" | "erased" | "open" | "resolved" | "reopened" | "withdrawn";
        Anchor: {
            documentId: components["schemas"]["DocumentId"];
            exact: string;
            prefix: string;
            suffix: string;
            start: number;
            end: number;
        };
        /**
         * @example {
         *       "name": "two soldiers at the base",
         *       "kind": "anonymous"
         *     }
         */
        Asserter: {
            name: string;
            kind?: components["schemas"]["AsserterKind"];
        };
        /**
         * @description `document`: the document itself says it; nobody is named
         * @enum {string}
         */
        AsserterKind: "named" | "anonymous" | "organisation" | "document";
        /** @enum {string} */
        Quotation: "verbatim" | "paraphrase";
        /**
         * @description how the source presents it
         * @enum {string}
         */
        Modality: "stated" | "hedged" | "denied" | "question" | "speculation";
        /**
         * @description Admiralty scale, 1 (confirmed) to 6 (cannot be judged)
         * @example 2
         * @enum {number}
         */
        Credibility: 1 | 2 | 3 | 4 | 5 | 6;
        /** @example casualties */
        Tag: string;
        /**
         * @example {
         *       "counts": "killed",
         *       "min": 9,
         *       "asPrinted": "at least nine"
         *     }
         */
        Figure: {
            /** @description what is counted: killed, wounded, attackers, arrests, … */
            counts: string;
            min?: number | null;
            max?: number | null;
            asPrinted?: string;
        };
        /**
         * @example {
         *       "format": "hypothesis",
         *       "id": "kZ3VCP",
         *       "attributedTo": {
         *         "id": "acct:ana@hypothes.is"
         *       }
         *     }
         */
        Origin: {
            format: components["schemas"]["ExchangeFormat"];
            /** @description its id in the source */
            id?: string;
            /** @description the IRI that identifies it everywhere (W3C Web Annotation, canonical) */
            canonical?: string;
            /** @description its author according to the source */
            attributedTo?: {
                id?: string;
                name?: string;
            };
            /** @description its time according to the source */
            created?: string;
            modified?: string;
            /** @description data from the source that Casebook has no field for; included again in exports */
            rest?: {
                [key: string]: unknown;
            };
        };
        /** @enum {string} */
        ExchangeFormat: "web-annotation" | "hypothesis" | "recogito" | "stix" | "misp" | "csv" | "casebook";
        Warning: {
            id: components["schemas"]["EntityId"];
            kind: components["schemas"]["AnnotationKind"];
            /** @description 1 when recorded, one more with each change */
            revision: number;
            status: components["schemas"]["AnnotationStatus"];
            recordedBy: components["schemas"]["KnownMemberId"];
            recordedAt: components["schemas"]["Instant"];
            /** @description who made the latest revision */
            revisedBy: components["schemas"]["KnownMemberId"];
            revisedAt: components["schemas"]["Instant"];
            /** @description of the latest event about this annotation */
            position: components["schemas"]["Position"];
            retraction?: {
                by: components["schemas"]["KnownMemberId"];
                at: components["schemas"]["Instant"];
                reason?: string;
            };
            summary?: string;
            issuedBy?: string;
            issuedTo?: string[];
            issuedAt?: components["schemas"]["StatedDate"];
            channel?: string;
            threatActor?: string;
            targets?: string[];
            method?: string[];
            /** @description when the foretold event was to happen */
            window?: components["schemas"]["StatedDate"];
            specificity?: components["schemas"]["Specificity"];
            disclosed?: components["schemas"]["Disclosed"];
            /** @description ids of claims of this incident */
            evidence?: components["schemas"]["EntityId"][];
            origin?: components["schemas"]["Origin"];
        };
        /**
         * @example {
         *       "edtf": "2024-01-18",
         *       "asPrinted": "January 18"
         *     }
         */
        StatedDate: {
            edtf?: components["schemas"]["EdtfDate"];
            asPrinted?: string;
        };
        Specificity: {
            when?: components["schemas"]["SpecificityLevel"];
            where?: components["schemas"]["SpecificityLevel"];
            who?: components["schemas"]["SpecificityLevel"];
            how?: components["schemas"]["SpecificityLevel"];
        };
        /** @enum {string} */
        SpecificityLevel: "none" | "vague" | "stated";
        /**
         * @description whether the warning became public before or after the event that it foretold
         * @enum {string}
         */
        Disclosed: "before" | "after" | "unknown";
        Attack: {
            id: components["schemas"]["EntityId"];
            kind: components["schemas"]["AnnotationKind"];
            /** @description 1 when recorded, one more with each change */
            revision: number;
            status: components["schemas"]["AnnotationStatus"];
            recordedBy: components["schemas"]["KnownMemberId"];
            recordedAt: components["schemas"]["Instant"];
            /** @description who made the latest revision */
            revisedBy: components["schemas"]["KnownMemberId"];
            revisedAt: components["schemas"]["Instant"];
            /** @description of the latest event about this annotation */
            position: components["schemas"]["Position"];
            retraction?: {
                by: components["schemas"]["KnownMemberId"];
                at: components["schemas"]["Instant"];
                reason?: string;
            };
            summary?: string;
            occurredAt?: components["schemas"]["StatedDate"];
            eventType?: components["schemas"]["EventType"];
            place?: components["schemas"]["Place"];
            actors?: string[];
            claimedBy?: string;
            weapons?: string[];
            casualties?: components["schemas"]["Casualties"];
            /** @description ids of claims of this incident */
            evidence?: components["schemas"]["EntityId"][];
            origin?: components["schemas"]["Origin"];
        };
        /**
         * @description GTD attack type
         * @enum {string}
         */
        EventType: "assassination" | "armed-assault" | "bombing-explosion" | "hijacking" | "hostage-taking-barricade" | "hostage-taking-kidnapping" | "facility-infrastructure-attack" | "unarmed-assault" | "unknown";
        Place: {
            name?: string;
            country?: string;
            latitude?: number;
            longitude?: number;
            geoPrecision?: components["schemas"]["GeoPrecision"];
        };
        /**
         * @description ACLED geo-precision 1, 2 and 3
         * @enum {string}
         */
        GeoPrecision: "exact" | "near" | "region";
        Casualties: {
            killed?: components["schemas"]["Toll"];
            wounded?: components["schemas"]["Toll"];
        };
        Toll: {
            best?: number;
            low?: number;
            high?: number;
            /** @description ids of claims of this incident */
            evidence?: components["schemas"]["EntityId"][];
        };
        Link: {
            id: components["schemas"]["EntityId"];
            kind: components["schemas"]["AnnotationKind"];
            /** @description 1 when recorded, one more with each change */
            revision: number;
            status: components["schemas"]["AnnotationStatus"];
            recordedBy: components["schemas"]["KnownMemberId"];
            recordedAt: components["schemas"]["Instant"];
            /** @description who made the latest revision */
            revisedBy: components["schemas"]["KnownMemberId"];
            revisedAt: components["schemas"]["Instant"];
            /** @description of the latest event about this annotation */
            position: components["schemas"]["Position"];
            retraction?: {
                by: components["schemas"]["KnownMemberId"];
                at: components["schemas"]["Instant"];
                reason?: string;
            };
            /** @description the warning; or give earlierAttackId */
            warningId?: components["schemas"]["EntityId"];
            /** @description in place of a warning, for relations between two attacks (retaliation-for, led-to, same-as, …) */
            earlierAttackId?: components["schemas"]["EntityId"];
            attackId?: components["schemas"]["EntityId"];
            relation?: components["schemas"]["Relation"];
            assessment?: components["schemas"]["Assessment"];
            confidence?: components["schemas"]["Confidence"];
            grounds?: string;
            /** @description ids of claims of this incident */
            evidence?: components["schemas"]["EntityId"][];
            origin?: components["schemas"]["Origin"];
        };
        /** @enum {string} */
        Relation: "warned-of" | "context" | "retaliation-for" | "led-to" | "same-as" | "unrelated";
        /**
         * @example likely
         * @enum {string}
         */
        Assessment: "almost-no-chance" | "very-unlikely" | "unlikely" | "roughly-even-chance" | "likely" | "very-likely" | "almost-certain";
        /**
         * @example moderate
         * @enum {string}
         */
        Confidence: "low" | "moderate" | "high";
        Dispute: {
            id: components["schemas"]["EntityId"];
            kind: components["schemas"]["AnnotationKind"];
            /** @description 1 when recorded, one more with each change */
            revision: number;
            status: components["schemas"]["AnnotationStatus"];
            recordedBy: components["schemas"]["KnownMemberId"];
            recordedAt: components["schemas"]["Instant"];
            /** @description who made the latest revision */
            revisedBy: components["schemas"]["KnownMemberId"];
            revisedAt: components["schemas"]["Instant"];
            /** @description of the latest event about this annotation */
            position: components["schemas"]["Position"];
            retraction?: {
                by: components["schemas"]["KnownMemberId"];
                at: components["schemas"]["Instant"];
                reason?: string;
            };
            question?: string;
            targets?: components["schemas"]["EntityId"][];
            positions?: components["schemas"]["DisputePosition"][];
            grounds?: string;
            /** @description the member who should settle it */
            owner?: components["schemas"]["MemberId"];
            origin?: components["schemas"]["Origin"];
            /** @enum {string} */
            state?: "open" | "resolved" | "reopened" | "withdrawn";
            resolution?: {
                outcome: components["schemas"]["Outcome"];
                /** @description index of the prevailing position, from 0 */
                prevailing?: number;
                reason: string;
                decidedBy: components["schemas"]["MemberId"];
                decidedAt: components["schemas"]["Instant"];
            };
        };
        DisputePosition: {
            statement: string;
            heldBy?: string;
            /** @description ids of claims of this incident */
            evidence?: components["schemas"]["EntityId"][];
        };
        /**
         * @description how a dispute was settled
         * @enum {string}
         */
        Outcome: "prevails" | "compatible" | "all-kept" | "unresolvable";
        Comment: {
            id: components["schemas"]["EntityId"];
            kind: components["schemas"]["AnnotationKind"];
            /** @description 1 when recorded, one more with each change */
            revision: number;
            status: components["schemas"]["AnnotationStatus"];
            recordedBy: components["schemas"]["KnownMemberId"];
            recordedAt: components["schemas"]["Instant"];
            /** @description who made the latest revision */
            revisedBy: components["schemas"]["KnownMemberId"];
            revisedAt: components["schemas"]["Instant"];
            /** @description of the latest event about this annotation */
            position: components["schemas"]["Position"];
            retraction?: {
                by: components["schemas"]["KnownMemberId"];
                at: components["schemas"]["Instant"];
                reason?: string;
            };
            targetId?: components["schemas"]["EntityId"];
            body?: string;
            replyTo?: components["schemas"]["EntityId"];
            origin?: components["schemas"]["Origin"];
        };
        Item: {
            id: components["schemas"]["EntityId"];
            kind: components["schemas"]["AnnotationKind"];
            /** @description 1 when recorded, one more with each change */
            revision: number;
            status: components["schemas"]["AnnotationStatus"];
            recordedBy: components["schemas"]["KnownMemberId"];
            recordedAt: components["schemas"]["Instant"];
            /** @description who made the latest revision */
            revisedBy: components["schemas"]["KnownMemberId"];
            revisedAt: components["schemas"]["Instant"];
            /** @description of the latest event about this annotation */
            position: components["schemas"]["Position"];
            retraction?: {
                by: components["schemas"]["KnownMemberId"];
                at: components["schemas"]["Instant"];
                reason?: string;
            };
            format?: components["schemas"]["ExchangeFormat"];
            /** @description its type in its own format: Annotation, indicator */
            type?: string;
            /** @description one line for readers */
            title?: string;
            /** @description the IRIs of the resources it is about; their texts are not stored */
            about?: string[];
            content?: {
                [key: string]: unknown;
            };
            origin?: components["schemas"]["Origin"];
        };
        /**
         * @description only the changed fields, each as a whole unless it has parts: a list or object replaces the old one; null clears a field; reason is kept in the history
         * @example {
         *       "title": "Rockets at Tarrick, and what followed"
         *     }
         */
        ReviseIncident: {
            title?: string;
            summary?: string | null;
            reason?: string;
        };
        /**
         * @example {
         *       "documentId": "sha256:43926d0a44dafd5ecbaf81033279f0f6659dc0d641b4dcfa565e0bf133fb5aa2"
         *     }
         */
        AttachDocument: {
            documentId: components["schemas"]["DocumentId"];
        };
        AttachmentPage: {
            items: components["schemas"]["Attachment"][];
            next: string | null;
        };
        /**
         * @example {
         *       "reason": "It is about another attack."
         *     }
         */
        DetachDocument: {
            reason: string;
        };
        ChangePage: {
            items: components["schemas"]["Change"][];
            next: string | null;
        };
        Change: {
            position: components["schemas"]["Position"];
            at: components["schemas"]["Instant"];
            actor: components["schemas"]["KnownMemberId"];
            type: string;
            incidentId: components["schemas"]["EntityId"] | null;
            annotationId: components["schemas"]["EntityId"] | null;
            sentence: string;
            reason?: string;
            changes: {
                field: string;
                before: unknown;
                after: unknown;
            }[];
        };
        /**
         * @example {
         *       "members": [
         *         "alice"
         *       ],
         *       "reason": "A source is at risk."
         *     }
         */
        RestrictIncident: {
            /** @description the only members who may see the incident, besides those with permission to oversee */
            members: components["schemas"]["MemberId"][];
            reason?: string;
        };
        /**
         * @example {
         *       "reason": "The paper corrected its report.",
         *       "dryRun": true
         *     }
         */
        CarryOver: {
            reason?: string;
            /** @description answer with the outcome for each claim, but record nothing */
            dryRun?: boolean;
        };
        CarryOverReport: {
            /** @description the previous edition */
            from: components["schemas"]["DocumentId"];
            to: components["schemas"]["DocumentId"];
            dryRun: boolean;
            /** @description send it to POST …/undo to undo all of it */
            correlationId: string;
            /** @description of the last event recorded */
            position?: components["schemas"]["Position"];
            claims: {
                id: components["schemas"]["EntityId"];
                /**
                 * @description carried: its quote is in the new edition; re-anchored: the new edition has a slightly different text; orphaned: its quote is not there; ambiguous: the quote occurs several times in the same context; refused. Claims with the last three outcomes stay where they were
                 * @enum {string}
                 */
                outcome: "carried" | "re-anchored" | "orphaned" | "ambiguous" | "refused";
                /** @description how far a re-anchored quote is from the source’s version */
                distance?: {
                    /** @description code points between the position given by the source and the actual position */
                    moved?: number;
                    /** @description characters in which the quote differs from the text */
                    edits: number;
                };
                why?: string;
            }[];
        };
        /**
         * @example {
         *       "command": "tag-claim",
         *       "body": {
         *         "anchor": {
         *           "documentId": "sha256:43926d0a44dafd5ecbaf81033279f0f6659dc0d641b4dcfa565e0bf133fb5aa2",
         *           "exact": "“When we strike, we sign,”"
         *         },
         *         "statement": "The Two Rivers Guard denies that it fired."
         *       },
         *       "by": "Reading assistant",
         *       "confidence": 0.8
         *     }
         */
        Proposal: {
            /**
             * @description the kind of annotation to record
             * @enum {string}
             */
            command: "tag-claim" | "record-warning" | "record-attack" | "link-warning" | "raise-dispute" | "make-comment" | "keep-item";
            /** @description the body of the corresponding route */
            body: {
                [key: string]: unknown;
            };
            /** @description the person or program that proposes it */
            by?: string;
            /** @description the program, with its version */
            tool?: string;
            /** @description confidence, from 0 to 1 */
            confidence?: number;
            /** @description why */
            grounds?: string;
        };
        /**
         * @example {
         *       "decisions": [
         *         {
         *           "proposal": "01990f3e-7c1a-7b52-9d5e-6f1c2a3b4c5d",
         *           "outcome": "declined"
         *         }
         *       ],
         *       "reason": "The article says so of another group."
         *     }
         */
        DecideProposals: {
            decisions: {
                /** @description the id of its item */
                proposal: components["schemas"]["EntityId"];
                /** @enum {string} */
                outcome: "accepted" | "declined";
                /** @description fields of the body to record differently; null leaves a field out */
                changes?: {
                    [key: string]: unknown;
                };
            }[];
            reason?: string;
        };
        ProposalsReport: {
            /** @description send it to POST …/undo to undo all of it */
            correlationId: string;
            /** @description of the last event recorded */
            position?: components["schemas"]["Position"];
            decisions: {
                proposal: components["schemas"]["EntityId"];
                /** @enum {string} */
                outcome: "accepted" | "declined" | "refused";
                /** @description of the recorded annotation */
                id?: components["schemas"]["EntityId"];
                kind?: components["schemas"]["AnnotationKind"];
                /** @description for a refused decision */
                problem?: components["schemas"]["Problem"];
            }[];
        };
        /**
         * @description RFC 9457 problem details
         * @example {
         *       "type": "urn:casebook:problem:quote-not-found",
         *       "title": "The quote is not in the document",
         *       "status": 422,
         *       "detail": "The document does not contain this text; the nearest passage begins at code point 103."
         *     }
         */
        Problem: {
            type: string;
            title: string;
            status: number;
            detail?: string;
            instance?: string;
            errors?: {
                detail: string;
                pointer?: string;
                parameter?: string;
                header?: string;
            }[];
        } & {
            [key: string]: unknown;
        };
        /**
         * @example {
         *       "anchor": {
         *         "documentId": "sha256:43926d0a44dafd5ecbaf81033279f0f6659dc0d641b4dcfa565e0bf133fb5aa2",
         *         "exact": "“When we strike, we sign,”"
         *       },
         *       "statement": "The Two Rivers Guard denies that it fired.",
         *       "asserters": [
         *         {
         *           "name": "Remy Castelane",
         *           "kind": "named"
         *         },
         *         {
         *           "name": "Stenlock Examiner",
         *           "kind": "organisation"
         *         }
         *       ],
         *       "quotation": "verbatim",
         *       "modality": "denied",
         *       "credibility": 2,
         *       "tags": [
         *         "attribution"
         *       ]
         *     }
         */
        TagClaim: {
            anchor: components["schemas"]["AnchorRequest"];
            /** @description the claim in the analyst’s own words */
            statement?: string;
            /** @description the chain of attribution, from the speaker to the publisher */
            asserters?: components["schemas"]["Asserter"][];
            quotation?: components["schemas"]["Quotation"];
            modality?: components["schemas"]["Modality"];
            /** @description the estimative word as printed: likely, unlikely, … */
            estimative?: string;
            credibility?: components["schemas"]["Credibility"];
            tags?: components["schemas"]["Tag"][];
            figure?: components["schemas"]["Figure"];
            origin?: components["schemas"]["Origin"];
        };
        /**
         * @description start and end count Unicode code points from 0, end is exclusive (W3C Web Annotation §4.2.5)
         * @example {
         *       "documentId": "sha256:43926d0a44dafd5ecbaf81033279f0f6659dc0d641b4dcfa565e0bf133fb5aa2",
         *       "exact": "“When we strike, we sign,”"
         *     }
         */
        AnchorRequest: {
            documentId: components["schemas"]["DocumentId"];
            exact?: string;
            prefix?: string;
            suffix?: string;
            start?: number;
            end?: number;
        };
        ClaimPage: {
            items: components["schemas"]["Claim"][];
            next: string | null;
        };
        /**
         * @description only the changed fields, each as a whole unless it has parts: a list or object replaces the old one; null clears a field; reason is kept in the history
         * @example {
         *       "tags": [
         *         "attribution",
         *         "denial"
         *       ],
         *       "credibility": null,
         *       "reason": "Nobody has judged the message yet."
         *     }
         */
        ReviseClaim: {
            anchor?: components["schemas"]["AnchorRequest"];
            statement?: string | null;
            asserters?: components["schemas"]["Asserter"][] | null;
            quotation?: components["schemas"]["Quotation"] | null;
            modality?: components["schemas"]["Modality"] | null;
            estimative?: string | null;
            credibility?: components["schemas"]["Credibility"] | null;
            tags?: components["schemas"]["Tag"][] | null;
            figure?: components["schemas"]["Figure"] | null;
            reason?: string;
        };
        /**
         * @example {
         *       "reason": "Misread the date."
         *     }
         */
        Retraction: {
            reason: string;
        };
        /**
         * @example {
         *       "summary": "A third note, nine days before the rockets.",
         *       "issuedBy": "Cassorine intelligence",
         *       "issuedTo": [
         *         "Halvanian contingent"
         *       ],
         *       "issuedAt": {
         *         "edtf": "2024-01-09",
         *         "asPrinted": "dated January 9"
         *       },
         *       "specificity": {
         *         "when": "vague",
         *         "where": "stated",
         *         "who": "stated",
         *         "how": "none"
         *       },
         *       "disclosed": "after"
         *     }
         */
        RecordWarning: {
            summary: string;
            issuedBy?: string;
            issuedTo?: string[];
            issuedAt?: components["schemas"]["StatedDate"];
            channel?: string;
            threatActor?: string;
            targets?: string[];
            method?: string[];
            /** @description when the foretold event was to happen */
            window?: components["schemas"]["StatedDate"];
            specificity?: components["schemas"]["Specificity"];
            disclosed?: components["schemas"]["Disclosed"];
            /** @description ids of claims of this incident */
            evidence?: components["schemas"]["EntityId"][];
            origin?: components["schemas"]["Origin"];
        };
        WarningPage: {
            items: components["schemas"]["Warning"][];
            next: string | null;
        };
        /**
         * @description only the changed fields, each as a whole unless it has parts: a list or object replaces the old one; null clears a field; reason is kept in the history
         * @example {
         *       "channel": "typed page, by courier",
         *       "specificity": {
         *         "how": "vague"
         *       }
         *     }
         */
        ReviseWarning: {
            summary?: string;
            issuedBy?: string | null;
            issuedTo?: string[] | null;
            issuedAt?: components["schemas"]["StatedDate"] | null;
            channel?: string | null;
            threatActor?: string | null;
            targets?: string[] | null;
            method?: string[] | null;
            window?: components["schemas"]["StatedDate"] | null;
            specificity?: components["schemas"]["ReviseSpecificity"] | null;
            disclosed?: components["schemas"]["Disclosed"] | null;
            evidence?: components["schemas"]["EntityId"][] | null;
            reason?: string;
        };
        /** @description only the parts that change; null clears one */
        ReviseSpecificity: {
            when?: components["schemas"]["SpecificityLevel"] | null;
            where?: components["schemas"]["SpecificityLevel"] | null;
            who?: components["schemas"]["SpecificityLevel"] | null;
            how?: components["schemas"]["SpecificityLevel"] | null;
        };
        /**
         * @example {
         *       "summary": "Rockets strike the airfield at Tarrick.",
         *       "occurredAt": {
         *         "edtf": "2024-01-18",
         *         "asPrinted": "January 18"
         *       },
         *       "place": {
         *         "name": "Tarrick airfield, Cassorine",
         *         "latitude": -49.0213,
         *         "longitude": -121.7702
         *       }
         *     }
         */
        RecordAttack: {
            summary: string;
            occurredAt?: components["schemas"]["StatedDate"];
            eventType?: components["schemas"]["EventType"];
            place?: components["schemas"]["Place"];
            actors?: string[];
            claimedBy?: string;
            weapons?: string[];
            casualties?: components["schemas"]["Casualties"];
            /** @description ids of claims of this incident */
            evidence?: components["schemas"]["EntityId"][];
            origin?: components["schemas"]["Origin"];
        };
        AttackPage: {
            items: components["schemas"]["Attack"][];
            next: string | null;
        };
        /**
         * @description only the changed fields, each as a whole unless it has parts: a list or object replaces the old one; null clears a field; reason is kept in the history
         * @example {
         *       "claimedBy": "Ember Circle",
         *       "reason": "The film of 3 February."
         *     }
         */
        ReviseAttack: {
            summary?: string;
            occurredAt?: components["schemas"]["StatedDate"] | null;
            eventType?: components["schemas"]["EventType"] | null;
            place?: components["schemas"]["Place"] | null;
            actors?: string[] | null;
            claimedBy?: string | null;
            weapons?: string[] | null;
            casualties?: components["schemas"]["ReviseCasualties"] | null;
            evidence?: components["schemas"]["EntityId"][] | null;
            reason?: string;
        };
        /** @description only the parts that change; null clears one */
        ReviseCasualties: {
            killed?: components["schemas"]["Toll"] | null;
            wounded?: components["schemas"]["Toll"] | null;
        };
        /**
         * @example {
         *       "warningId": "01990f3e-7c1a-7b52-9d5e-6f1c2a3b4c5d",
         *       "attackId": "01990f3e-8d2b-7c63-8e6f-7a2d3b4c5d6e",
         *       "relation": "warned-of",
         *       "assessment": "likely",
         *       "confidence": "low",
         *       "grounds": "An officer remembers the name of the village."
         *     }
         */
        LinkWarning: {
            /** @description the warning; or give earlierAttackId */
            warningId?: components["schemas"]["EntityId"];
            /** @description in place of a warning, for relations between two attacks (retaliation-for, led-to, same-as, …) */
            earlierAttackId?: components["schemas"]["EntityId"];
            attackId: components["schemas"]["EntityId"];
            relation?: components["schemas"]["Relation"];
            assessment?: components["schemas"]["Assessment"];
            confidence?: components["schemas"]["Confidence"];
            grounds?: string;
            /** @description ids of claims of this incident */
            evidence?: components["schemas"]["EntityId"][];
            origin?: components["schemas"]["Origin"];
        };
        LinkPage: {
            items: components["schemas"]["Link"][];
            next: string | null;
        };
        /**
         * @description only the changed fields, each as a whole unless it has parts: a list or object replaces the old one; null clears a field; reason is kept in the history
         * @example {
         *       "assessment": "very-likely",
         *       "confidence": "moderate",
         *       "reason": "A second source."
         *     }
         */
        ReviseLink: {
            relation?: components["schemas"]["Relation"] | null;
            assessment?: components["schemas"]["Assessment"] | null;
            confidence?: components["schemas"]["Confidence"] | null;
            grounds?: string | null;
            evidence?: components["schemas"]["EntityId"][] | null;
            reason?: string;
        };
        /**
         * @example {
         *       "question": "Who fired on Tarrick?",
         *       "targets": [
         *         "01990f3e-7c1a-7b52-9d5e-6f1c2a3b4c5d"
         *       ],
         *       "positions": [
         *         {
         *           "statement": "The Ember Circle.",
         *           "heldBy": "Cassorine intelligence",
         *           "evidence": [
         *             "01990f3e-7c1a-7b52-9d5e-6f1c2a3b4c5d"
         *           ]
         *         },
         *         {
         *           "statement": "The Two Rivers Guard.",
         *           "heldBy": "Government of Halvane"
         *         }
         *       ],
         *       "grounds": "Halvane’s evidence has not been shown."
         *     }
         */
        RaiseDispute: {
            question: string;
            targets: components["schemas"]["EntityId"][];
            positions?: components["schemas"]["DisputePosition"][];
            grounds?: string;
            /** @description the member who should settle it */
            owner?: components["schemas"]["MemberId"];
            origin?: components["schemas"]["Origin"];
        };
        DisputePage: {
            items: components["schemas"]["Dispute"][];
            next: string | null;
        };
        /**
         * @description only the changed fields, each as a whole unless it has parts: a list or object replaces the old one; null clears a field; reason is kept in the history
         * @example {
         *       "owner": "alice",
         *       "reason": "She has read the note."
         *     }
         */
        ReviseDispute: {
            question?: string;
            targets?: components["schemas"]["EntityId"][];
            positions?: components["schemas"]["DisputePosition"][] | null;
            grounds?: string | null;
            owner?: components["schemas"]["MemberId"] | null;
            reason?: string;
        };
        /**
         * @example {
         *       "targetId": "01990f3e-7c1a-7b52-9d5e-6f1c2a3b4c5d",
         *       "body": "One agency, two papers?"
         *     }
         */
        MakeComment: {
            targetId: components["schemas"]["EntityId"];
            body: string;
            replyTo?: components["schemas"]["EntityId"];
            origin?: components["schemas"]["Origin"];
        };
        CommentPage: {
            items: components["schemas"]["Comment"][];
            next: string | null;
        };
        /**
         * @description only the changed fields, each as a whole unless it has parts: a list or object replaces the old one; null clears a field; reason is kept in the history
         * @example {
         *       "body": "One agency, three papers?"
         *     }
         */
        ReviseComment: {
            body?: string;
            reason?: string;
        };
        /**
         * @example {
         *       "format": "web-annotation",
         *       "type": "Annotation",
         *       "title": "I like this page!",
         *       "about": [
         *         "http://www.example.com/index.html"
         *       ],
         *       "content": {
         *         "type": "Annotation",
         *         "body": {
         *           "type": "TextualBody",
         *           "value": "I like this page!"
         *         },
         *         "target": "http://www.example.com/index.html"
         *       }
         *     }
         */
        KeepItem: {
            format: components["schemas"]["ExchangeFormat"];
            /** @description its type in its own format: Annotation, indicator */
            type?: string;
            /** @description one line for readers */
            title?: string;
            /** @description the IRIs of the resources it is about; their texts are not stored */
            about?: string[];
            content: {
                [key: string]: unknown;
            };
            origin?: components["schemas"]["Origin"];
        };
        ItemPage: {
            items: components["schemas"]["Item"][];
            next: string | null;
        };
        /**
         * @description only the changed fields, each as a whole unless it has parts: a list or object replaces the old one; null clears a field; reason is kept in the history
         * @example {
         *       "title": "The page of the governor"
         *     }
         */
        ReviseItem: {
            type?: string | null;
            title?: string | null;
            about?: string[] | null;
            content?: {
                [key: string]: unknown;
            };
            reason?: string;
        };
        /**
         * @example {
         *       "outcome": "prevails",
         *       "prevailing": 1,
         *       "reason": "Two independent sources agree."
         *     }
         */
        SettleDispute: {
            outcome: components["schemas"]["Outcome"];
            /** @description index of the prevailing position, from 0 */
            prevailing?: number;
            reason: string;
        };
        /**
         * @example {
         *       "mode": "atomic",
         *       "commands": [
         *         {
         *           "command": "open-incident",
         *           "as": "incident",
         *           "body": {
         *             "title": "Rockets at Tarrick"
         *           }
         *         },
         *         {
         *           "command": "record-attack",
         *           "incidentId": "$incident",
         *           "as": "attack",
         *           "body": {
         *             "summary": "Rockets"
         *           }
         *         },
         *         {
         *           "command": "make-comment",
         *           "incidentId": "$incident",
         *           "body": {
         *             "targetId": "$attack",
         *             "body": "Which?"
         *           }
         *         }
         *       ]
         *     }
         */
        BatchRequest: {
            /**
             * @description atomic: all commands in one commit, or none. each: one by one in order; a refused command does not stop the others
             * @enum {string}
             */
            mode: "atomic" | "each";
            commands: components["schemas"]["BatchCommand"][];
        };
        BatchCommand: {
            /** @enum {string} */
            command: "open-incident" | "revise-incident" | "close-incident" | "reopen-incident" | "attach-document" | "detach-document" | "import-document" | "revise-document" | "tag-claim" | "record-warning" | "record-attack" | "link-warning" | "raise-dispute" | "make-comment" | "keep-item" | "revise-claim" | "revise-warning" | "revise-attack" | "revise-link" | "revise-dispute" | "revise-comment" | "revise-item" | "retract-claim" | "retract-warning" | "retract-attack" | "retract-link" | "retract-dispute" | "retract-comment" | "retract-item" | "settle-dispute" | "withdraw-dispute" | "reopen-dispute";
            /** @description a name for what this command creates: later commands use "$name" in place of its id */
            as?: string;
            /** @description the incident, for commands within one */
            incidentId?: string;
            /** @description the annotation to revise, retract, settle, … */
            id?: string;
            /** @description the document to detach or revise */
            documentId?: string;
            /** @description the revision that you have seen, like If-Match of the route */
            ifMatch?: number | "*";
            /** @description like Prefer: merge of the route */
            merge?: boolean;
            /** @description the body of the corresponding route */
            body?: {
                [key: string]: unknown;
            };
        };
        BatchAnswer: {
            /** @enum {string} */
            mode: "atomic" | "each";
            results: {
                index: number;
                /** @description the answer of the corresponding route */
                status: number;
                answer?: components["schemas"]["WriteAnswer"];
                problem?: components["schemas"]["Problem"];
            }[];
        };
        /**
         * @example {
         *       "member": "alice",
         *       "from": "2026-01-31T09:00:00.000Z",
         *       "reason": "Read the wrong edition.",
         *       "dryRun": true
         *     }
         */
        UndoRequest: {
            /** @description the events, by their positions in the ledger */
            positions?: components["schemas"]["Position"][];
            /** @description the member whose changes are undone, in place of positions */
            member?: components["schemas"]["KnownMemberId"];
            /** @description the changes of one request, in place of both: its X-Request-Id, or the id in the answer of an import */
            correlationId?: string;
            /**
             * Format: date-time
             * @description recorded at or after this instant
             * @example 2026-01-31T09:30:00Z
             */
            from?: string;
            /**
             * Format: date-time
             * @description recorded at or before this instant
             * @example 2026-01-31T09:30:00Z
             */
            to?: string;
            /** @description only those in this incident */
            incidentId?: components["schemas"]["EntityId"];
            reason: string;
            /** @description undo what can be undone; by default a conflict undoes nothing */
            skipConflicts?: boolean;
            /** @description answer with what would be recorded, without recording it */
            dryRun?: boolean;
        };
        UndoAnswer: {
            dryRun: boolean;
            undone: {
                undoes: components["schemas"]["Position"];
                /** @description the event that undoes it; without a position in a dry run */
                change: {
                    position?: components["schemas"]["Position"];
                    at: components["schemas"]["Instant"];
                    actor: components["schemas"]["KnownMemberId"];
                    type: string;
                    incidentId: components["schemas"]["EntityId"] | null;
                    annotationId: components["schemas"]["EntityId"] | null;
                    sentence: string;
                    reason?: string;
                    changes: {
                        field: string;
                        before: unknown;
                        after: unknown;
                    }[];
                };
            }[];
            /** @description events with nothing left to undo */
            already: components["schemas"]["Position"][];
            conflicts: components["schemas"]["UndoConflict"][];
        };
        UndoConflict: {
            position: components["schemas"]["Position"];
            /** @description event-unknown, not-undoable, changed-since, referred-to, or the problem that the compensating command would get */
            code: string;
            detail: string;
            /** @description what has changed since: as the event left it, and now */
            fields?: {
                field: string;
                left: unknown;
                now: unknown;
            }[];
            /** @description annotations that refer to it */
            referredToBy?: components["schemas"]["EntityId"][];
        };
        IncidentDifference: {
            incidentId: components["schemas"]["EntityId"];
            from: components["schemas"]["Moment"];
            to: components["schemas"]["Moment"];
            /** @description the incident was opened in between */
            opened: boolean;
            /** @description the incident’s own fields: title, summary, status, restriction */
            fields: components["schemas"]["FieldDifference"][];
            documents: components["schemas"]["AttachmentDifference"][];
            /** @description in the order of their first event */
            annotations: components["schemas"]["AnnotationDifference"][];
            /** @description who did what, when and why, in order, one sentence each */
            changes: components["schemas"]["ChangeInBetween"][];
        };
        Moment: {
            /** @description every event up to here is included; 0: none */
            position: number;
            /** @description when the last of these events visible to the caller was recorded */
            at: components["schemas"]["Instant"] | null;
        };
        FieldDifference: {
            field: string;
            /** @description null if it had none */
            before: unknown;
            /** @description null if it has none */
            after: unknown;
            /** @description the events in between that changed it, in order; changes lists each one */
            by: components["schemas"]["Position"][];
        };
        AttachmentDifference: {
            id: components["schemas"]["DocumentId"];
            /**
             * @description described: attached at both moments, but shown differently by the incident, or attached again in between
             * @enum {string}
             */
            change: "attached" | "detached" | "described";
            fields: components["schemas"]["FieldDifference"][];
            /** @description the events in between that changed it, in order; changes lists each one */
            by: components["schemas"]["Position"][];
        };
        AnnotationDifference: {
            id: components["schemas"]["EntityId"];
            kind: components["schemas"]["AnnotationKind"];
            /**
             * @description added: recorded in between, even if retracted since; changed: possibly changed back
             * @enum {string}
             */
            change: "added" | "changed" | "retracted" | "reinstated";
            revision: {
                before: number | null;
                after: number;
            };
            /** @description in the order of their names */
            fields: components["schemas"]["FieldDifference"][];
            /** @description the events in between that changed it, in order; changes lists each one */
            by: components["schemas"]["Position"][];
        };
        ChangeInBetween: {
            position: components["schemas"]["Position"];
            at: components["schemas"]["Instant"];
            actor: components["schemas"]["KnownMemberId"];
            type: string;
            annotationId: components["schemas"]["EntityId"] | null;
            sentence: string;
            reason?: string;
        };
        Blame: {
            id: components["schemas"]["EntityId"];
            kind: components["schemas"]["AnnotationKind"];
            revision: number;
            recordedBy: components["schemas"]["KnownMemberId"];
            /** @description of the latest event about it */
            position: components["schemas"]["Position"];
            /** @description every field that it has or once had, by name */
            fields: {
                field: string;
                /** @description null if the field was cleared */
                value: unknown;
                /** @description the last event that changed the field */
                madeBy: components["schemas"]["Maker"];
            }[];
            /** @description events about it whose content was erased by law and is left out */
            erased: components["schemas"]["Position"][];
        };
        Maker: {
            position: components["schemas"]["Position"];
            at: components["schemas"]["Instant"];
            actor: components["schemas"]["KnownMemberId"];
            type: string;
            sentence: string;
            reason?: string;
            /** Format: uuid */
            eventId: string;
        };
        WorkspaceDifference: {
            from: components["schemas"]["Moment"];
            /** @description the same on every page */
            to: components["schemas"]["Moment"];
            /** @description in the order of their first changes in between */
            items: components["schemas"]["WorkspaceDifferenceItem"][];
            next: string | null;
        };
        WorkspaceDifferenceItem: {
            incidentId: components["schemas"]["EntityId"];
            /** @description the incident was opened in between */
            opened: boolean;
            /** @description the incident’s own fields: title, summary, status, restriction */
            fields: components["schemas"]["FieldDifference"][];
            documents: components["schemas"]["AttachmentDifference"][];
            /** @description in the order of their first event */
            annotations: components["schemas"]["AnnotationDifference"][];
            /** @description who did what, when and why, in order, one sentence each */
            changes: components["schemas"]["ChangeInBetween"][];
            /** @enum {string} */
            what: "incident";
        } | {
            /** @enum {string} */
            what: "document";
            documentId: components["schemas"]["DocumentId"];
            things: components["schemas"]["ThingDifference"][];
            /** @description who did what, when and why, in order, one sentence each */
            changes: components["schemas"]["ChangeInBetween"][];
        } | {
            /** @enum {string} */
            what: "members";
            things: components["schemas"]["ThingDifference"][];
            /** @description who did what, when and why, in order, one sentence each */
            changes: components["schemas"]["ChangeInBetween"][];
        } | {
            /** @enum {string} */
            what: "erasures";
            /** @description who did what, when and why, in order, one sentence each */
            changes: components["schemas"]["ChangeInBetween"][];
        };
        ThingDifference: {
            /** @description the id of the document, member or token */
            id: string;
            /** @enum {string} */
            kind: "document" | "member" | "token" | "workspace";
            /**
             * @description added: absent before
             * @enum {string}
             */
            change: "added" | "changed";
            /** @description in the order of their names */
            fields: components["schemas"]["FieldDifference"][];
            /** @description the events in between that changed it, in order; changes lists each one */
            by: components["schemas"]["Position"][];
        };
        Sources: {
            incidentId: components["schemas"]["EntityId"];
            position: components["schemas"]["Position"];
            claims: {
                claimId: components["schemas"]["EntityId"];
                /** @description the statement, or the quote */
                words: string;
                support: components["schemas"]["Support"];
                because: {
                    claimId: components["schemas"]["EntityId"];
                    reason: components["schemas"]["SupportReason"];
                    /** @description the dispute or the attack that holds both claims */
                    through?: components["schemas"]["EntityId"];
                }[];
            }[];
            positions: {
                disputeId: components["schemas"]["EntityId"];
                index: number;
                statement: string;
                support: components["schemas"]["Support"];
            }[];
            evidence: {
                annotationId: components["schemas"]["EntityId"];
                kind: components["schemas"]["AnnotationKind"];
                words: string;
                support: components["schemas"]["Support"];
            }[];
        };
        Support: {
            claimCount: number;
            documentCount: number;
            /** @description independent upstream sources; never more than documents */
            sourceCount: number;
            /** @description different parties quoted at first hand; a document speaking for itself counts as one */
            voiceCount: number;
            sources: {
                /** @description the upstream report, agency, publisher or title, whichever is known first */
                name: string;
                documents: components["schemas"]["DocumentId"][];
                claims: components["schemas"]["EntityId"][];
            }[];
            voices: string[];
        };
        /**
         * @description why a claim supports another
         * @enum {string}
         */
        SupportReason: "itself" | "same-position" | "same-figure" | "same-words";
        CasualtyLedger: {
            incidentId: components["schemas"]["EntityId"];
            position: components["schemas"]["Position"];
            attacks: {
                attackId: components["schemas"]["EntityId"];
                summary: string;
                occurredAt?: components["schemas"]["StatedDate"];
                tolls: components["schemas"]["TollLedger"][];
            }[];
            /** @description figures of claims that are not evidence of any current attack: not part of a toll, and not compared */
            ofNoAttack: components["schemas"]["StatedFigure"][];
        };
        TollLedger: {
            /** @description what is counted: killed, wounded, missing, … */
            counts: string;
            /** @description the lowest number stated */
            low: number | null;
            /** @description the highest number stated */
            high: number | null;
            /** @description the source of the lowest number says it may be lower */
            openBelow: boolean;
            /** @description the source of the highest number says it may be higher */
            openAbove: boolean;
            best: {
                min: number | null;
                max: number | null;
                /** @enum {string} */
                basis: "analyst" | "derived";
                /** @description the claims that state it */
                claims: components["schemas"]["EntityId"][];
                sourceCount: number;
            } | null;
            /** @description the figures recorded on the attack itself */
            analyst?: {
                best?: number;
                low?: number;
                high?: number;
            };
            support: components["schemas"]["Support"];
            figures: components["schemas"]["StatedFigure"][];
            retracted: components["schemas"]["StatedFigure"][];
        };
        StatedFigure: {
            claimId: components["schemas"]["EntityId"];
            /** @description what is counted: killed, wounded, attackers, arrests, … */
            counts: string;
            min: number | null;
            max: number | null;
            asPrinted?: string;
            documentId: components["schemas"]["DocumentId"];
            exact: string;
            start: number;
            end: number;
            asserters: components["schemas"]["Asserter"][];
            modality?: components["schemas"]["Modality"];
            /** @description counts towards low, high and best; a figure that is denied, asked or speculated is only listed */
            counted: boolean;
        };
        WarningScorecard: {
            incidentId: components["schemas"]["EntityId"];
            position: components["schemas"]["Position"];
            warnings: {
                warningId: components["schemas"]["EntityId"];
                summary: string;
                issuedBy?: string;
                told: string[];
                issuedAt?: components["schemas"]["StatedDate"];
                channel?: string;
                specificity: {
                    /** @description null: not judged yet */
                    when: components["schemas"]["SpecificityLevel"] | null;
                    /** @description null: not judged yet */
                    where: components["schemas"]["SpecificityLevel"] | null;
                    /** @description null: not judged yet */
                    who: components["schemas"]["SpecificityLevel"] | null;
                    /** @description null: not judged yet */
                    how: components["schemas"]["SpecificityLevel"] | null;
                };
                /** @description how many of the four parts are stated */
                stated: number;
                disclosed: components["schemas"]["Disclosed"] | null;
                links: {
                    linkId: components["schemas"]["EntityId"];
                    attackId: components["schemas"]["EntityId"];
                    attack: string;
                    relation?: components["schemas"]["Relation"];
                    assessment?: components["schemas"]["Assessment"];
                    confidence?: components["schemas"]["Confidence"];
                    /** @description null: at least one of the two has no date */
                    leadTime: components["schemas"]["LeadTime"] | null;
                }[];
                /**
                 * @description whether a dispute about it is open, all are settled or withdrawn, or there is none
                 * @enum {string}
                 */
                contested: "uncontested" | "contested" | "settled";
                disputes: {
                    disputeId: components["schemas"]["EntityId"];
                    question: string;
                    /** @enum {string} */
                    state: "open" | "resolved" | "reopened" | "withdrawn";
                    /** @description the disputed annotation: the warning, one of its links, or evidence of either */
                    through: components["schemas"]["EntityId"][];
                }[];
                support: components["schemas"]["Support"];
            }[];
        };
        LeadTime: {
            /** @description null: unbounded below */
            minDays: number | null;
            /** @description null: unbounded above */
            maxDays: number | null;
            /**
             * @description whether the warning came before or after the attack, if the dates show it
             * @enum {string}
             */
            order: "before" | "same-day" | "after" | "undetermined";
            /** @description a single number of days, with neither date approximate or uncertain */
            certain: boolean;
        };
        /** @description by the earliest date, then the latest; undated ones last */
        Timeline: {
            incidentId: components["schemas"]["EntityId"];
            position: components["schemas"]["Position"];
            entries: {
                id: components["schemas"]["EntityId"];
                /** @enum {string} */
                kind: "warning" | "attack";
                summary: string;
                /** @description issued at, occurred at */
                date?: components["schemas"]["StatedDate"];
                bounds: components["schemas"]["DateBounds"] | null;
                window?: components["schemas"]["StatedDate"];
                windowBounds?: components["schemas"]["DateBounds"];
                place?: components["schemas"]["Place"];
            }[];
        };
        /**
         * @description the earliest and latest instants that an EDTF date allows, inclusive; null if open
         * @example {
         *       "earliest": "2019-12-01T00:00:00.000Z",
         *       "latest": "2019-12-31T23:59:59.999Z",
         *       "approximate": true,
         *       "uncertain": false
         *     }
         */
        DateBounds: {
            earliest: string | null;
            latest: string | null;
            approximate: boolean;
            uncertain: boolean;
        };
        IncidentGraph: {
            incidentId: components["schemas"]["EntityId"];
            position: components["schemas"]["Position"];
            nodes: {
                id: components["schemas"]["EntityId"];
                /** @enum {string} */
                kind: "warning" | "attack";
                summary: string;
                /** @description issued at, occurred at */
                date?: components["schemas"]["StatedDate"];
                bounds: components["schemas"]["DateBounds"] | null;
                /** @description the issuer of the warning, or the actors of the attack */
                parties: string[];
                threat?: string;
            }[];
            edges: {
                id: components["schemas"]["EntityId"];
                source: components["schemas"]["EntityId"];
                target: components["schemas"]["EntityId"];
                relation?: components["schemas"]["Relation"];
                assessment?: components["schemas"]["Assessment"];
                confidence?: components["schemas"]["Confidence"];
                /** @description a dispute about the link, or about a claim that is its evidence, is open */
                contested: boolean;
            }[];
        };
        /** @enum {string} */
        SuggestionState: "open" | "accepted" | "dismissed";
        Suggestions: {
            incidentId: components["schemas"]["EntityId"];
            position: components["schemas"]["Position"];
            suggestions: components["schemas"]["Suggestion"][];
        };
        Suggestion: {
            /** @description the same for the same facts, for every caller and at any time */
            id: components["schemas"]["EntityId"];
            kind: components["schemas"]["SuggestionKind"];
            /** @description its annotations, by id */
            subjects: components["schemas"]["EntityId"][];
            sentence: string;
            facts: components["schemas"]["SuggestionFacts"];
            state: components["schemas"]["SuggestionState"];
            /** @description the suggestion is still true */
            holds: boolean;
            decision?: {
                by: components["schemas"]["KnownMemberId"];
                at: components["schemas"]["Instant"];
                reason?: string;
                disputeId?: components["schemas"]["EntityId"];
                position: components["schemas"]["Position"];
            };
        };
        /** @enum {string} */
        SuggestionKind: "contradictory-figures" | "one-quote-two-parties" | "span-claimed-twice" | "warning-without-link" | "window-covers-attack";
        SuggestionFacts: {
            /** @description what the contradictory figures count */
            counts?: string;
            /** @description the contradictory figures */
            figures?: {
                claimId: components["schemas"]["EntityId"];
                min: number | null;
                max: number | null;
            }[];
            /** @description the quote, ignoring case, quotation marks and spacing */
            quote?: string;
            /** @description the quoted person */
            parties?: {
                claimId: components["schemas"]["EntityId"];
                name: string;
            }[];
            /** @description the claim made twice */
            span?: {
                documentId: components["schemas"]["DocumentId"];
                start: number;
                end: number;
            };
            /** @description when the warning was issued (EDTF) */
            issuedAt?: string;
            /** @description when the foretold event was to happen (EDTF) */
            window?: string;
            /** @description when the attack occurred (EDTF) */
            occurredAt?: string;
        };
        /**
         * @example {
         *       "reason": "Both figures are for the same day."
         *     }
         */
        AcceptSuggestion: {
            reason?: string;
            /** @description the member who should settle the dispute, if accepting raises one */
            owner?: components["schemas"]["MemberId"];
        };
        DecidedSuggestion: {
            id: string;
            /** @description 1 when recorded, one more with each change */
            revision: number;
            position: components["schemas"]["Position"];
            merged?: components["schemas"]["Merged"];
            /** @description for an import of a known text: the sent details that differ from the recorded ones, each with the recorded value (null: none). The recorded values stay; PATCH …/documents/{id} changes them. Absent if the caller is not cleared for the document */
            differs?: {
                [key: string]: string | null;
            };
            /** @description the dispute that the acceptance raised */
            disputeId?: components["schemas"]["EntityId"];
        };
        /**
         * @example {
         *       "reason": "The lower figure counts one hospital alone."
         *     }
         */
        DismissSuggestion: {
            reason: string;
        };
        DisputeBoardPage: {
            items: components["schemas"]["DisputeBoardEntry"][];
            next: string | null;
        };
        DisputeBoardEntry: {
            disputeId: components["schemas"]["EntityId"];
            incidentId: components["schemas"]["EntityId"];
            incidentTitle?: string;
            question: string;
            /** @enum {string} */
            state: "open" | "resolved" | "reopened" | "withdrawn";
            owner: components["schemas"]["KnownMemberId"] | null;
            raisedBy: components["schemas"]["KnownMemberId"];
            raisedAt: components["schemas"]["Instant"];
            changedAt: components["schemas"]["Instant"];
            /** @description whole days since it was raised, or from then to its settlement */
            ageDays: number;
            targets: components["schemas"]["EntityId"][];
            /** @description most independent sources first, then most documents */
            positions: {
                index: number;
                statement: string;
                heldBy?: string;
                prevails: boolean;
                support: components["schemas"]["Support"];
            }[];
        };
        /** @enum {string} */
        ActivityKind: "claim" | "warning" | "attack" | "link" | "dispute" | "comment" | "item" | "incident" | "suggestion" | "document" | "member" | "token" | "other";
        ActivityPage: {
            items: components["schemas"]["Activity"][];
            next: string | null;
        };
        Activity: {
            /**
             * Format: date
             * @description of UTC
             */
            day: string;
            member: components["schemas"]["KnownMemberId"];
            incidentId: components["schemas"]["EntityId"] | null;
            kind: components["schemas"]["ActivityKind"];
            changes: number;
        };
        /** @enum {string} */
        SearchedKind: "document" | "incident" | "claim" | "warning" | "attack" | "link" | "dispute" | "comment" | "item";
        SearchResults: {
            /** @description the position of the ledger that the answer reflects */
            position: number;
            /** @description only on the first page: the number of results among the newest 1,000 */
            counts?: {
                found: number;
                /** @description there may be more; these are the newest */
                more: boolean;
                kinds: {
                    [key: string]: number;
                };
            };
            items: components["schemas"]["SearchHit"][];
            next: string | null;
        };
        SearchHit: {
            kind: components["schemas"]["SearchedKind"];
            id: components["schemas"]["EntityId"] | components["schemas"]["DocumentId"];
            /** @description for incidents and annotations */
            incidentId?: components["schemas"]["EntityId"];
            /** @description for documents and claims */
            documentId?: components["schemas"]["DocumentId"];
            /** @description its title, summary, statement or question, cut after 200 characters */
            title: string;
            /** @enum {string} */
            status: "active" | "retracted" | "erased" | "open" | "resolved" | "reopened" | "withdrawn" | "closed";
            revision: number;
            /** @description position of its latest event */
            position: components["schemas"]["Position"];
            recordedBy: components["schemas"]["KnownMemberId"];
            recordedAt: components["schemas"]["Instant"];
            revisedBy: components["schemas"]["KnownMemberId"];
            revisedAt: components["schemas"]["Instant"];
            fragments: components["schemas"]["SearchFragment"][];
        };
        /**
         * @example {
         *       "field": "/anchor/exact",
         *       "start": 0,
         *       "text": "“When we strike, we sign,”",
         *       "highlights": [
         *         {
         *           "start": 9,
         *           "end": 15
         *         }
         *       ]
         *     }
         */
        SearchFragment: {
            /** @description JSON Pointer (RFC 6901) into the result: /anchor/exact, /asserters/0/name */
            field: string;
            /** @description start of the text in the field, in code points, the unit of anchors */
            start: number;
            /** @description as recorded, not markup: escape it for HTML */
            text: string;
            /** @description the matches, in code points of `text`, `end` exclusive; in order, not overlapping */
            highlights: {
                start: number;
                end: number;
            }[];
        };
        AuditPage: {
            items: components["schemas"]["Change"][];
            next: string | null;
        };
        EventPage: {
            items: components["schemas"]["LedgerEvent"][];
            next: string | null;
        };
        LedgerEvent: {
            position: components["schemas"]["Position"];
            /** Format: uuid */
            id: string;
            type: string;
            schemaVersion: number;
            stream: string;
            version: number;
            subject: string | null;
            actor: string;
            recordedAt: components["schemas"]["Instant"];
            commandId: string;
            correlationId: string;
            causationId: string | null;
            leafHash: string;
            data: {
                [key: string]: unknown;
            } | null;
        };
        TagPage: {
            items: components["schemas"]["TagCount"][];
            next: string | null;
        };
        TagCount: {
            tag: string;
            count: number;
        };
        InclusionProof: {
            /** @description of the leaf, from 0: position - 1 */
            index: number;
            /** @description of the tree */
            size: number;
            /** @description 32 bytes in base64 */
            leafHash: string;
            hashes: string[];
            /** @description the signed checkpoint of this size, if it is the latest */
            checkpoint?: string;
        };
        ConsistencyProof: {
            from: number;
            to: number;
            hashes: string[];
            checkpoint: string;
        };
        /**
         * @example {
         *       "subject": "01990f3e-7c1a-7b52-9d5e-6f1c2a3b4c5d",
         *       "reason": "The witness asked for it.",
         *       "legalBasis": "GDPR Art. 17(1)(d)"
         *     }
         */
        ErasePayloads: {
            positions?: components["schemas"]["Position"][];
            /** @description the id of an annotation, incident, document, member or token: erases every event about it */
            subject?: string;
            /** @description also erase the events that hold a copy: claims that quote an erased document, decisions on suggestions about an erased thing, and events that repeat an erased one, such as an undo */
            includeQuotes?: boolean;
            reason: string;
            /**
             * @description the law or decision that requires it
             * @example GDPR Art. 17(1)(d)
             */
            legalBasis: string;
        };
        ErasureAnswer: {
            id: string;
            /** @description 1 when recorded, one more with each change */
            revision: number;
            position: components["schemas"]["Position"];
            merged?: components["schemas"]["Merged"];
            /** @description for an import of a known text: the sent details that differ from the recorded ones, each with the recorded value (null: none). The recorded values stay; PATCH …/documents/{id} changes them. Absent if the caller is not cleared for the document */
            differs?: {
                [key: string]: string | null;
            };
            /** @description the events that this erased; empty if all had been erased before */
            positions: components["schemas"]["Position"][];
            /** @description events that still hold a copy, found by their ids: erase them too, or set includeQuotes */
            quotedAt: components["schemas"]["Position"][];
        };
        Projections: {
            /** @description of the ledger */
            size: number;
            items: components["schemas"]["Projection"][];
        };
        Projection: {
            view: string;
            version: number;
            /**
             * @description inline: changed by the commit itself; unknown: not a view in this version of the program
             * @enum {string}
             */
            mode: "inline" | "following" | "unknown";
            /**
             * @description detached: inline, but behind until it is caught up; failed: waits before failedPosition
             * @enum {string}
             */
            status: "attached" | "detached" | "following" | "failed";
            /** @description reflects every event up to here */
            position: number;
            /** @description events behind the head; for tiles, behind the last full tile, because later events wait until their tile is full */
            lag: number;
            changedAt: components["schemas"]["Instant"];
            error: string | null;
            failedPosition: components["schemas"]["Position"] | null;
            /** @description the type of the event it failed on */
            failedType: string | null;
            attempts: number;
            retryAt: components["schemas"]["Instant"] | null;
            /** @description the latest */
            rebuild: components["schemas"]["Rebuild"] | null;
        };
        Rebuild: {
            /**
             * @description undone: done and then reverted
             * @enum {string}
             */
            status: "building" | "done" | "failed" | "undone";
            startedAt: components["schemas"]["Instant"];
            changedAt: components["schemas"]["Instant"];
            /** @description folded so far */
            events: number;
            /** @description the number at the start */
            total: number;
            /** @description the position at which both sets of rows were compared */
            position: components["schemas"]["Position"] | null;
            checksumBefore: string | null;
            checksumAfter: string | null;
            /** @description rows changed by taking over; 0: the view agreed with the events */
            replaced: number | null;
            error: string | null;
        };
        UndoneRebuild: {
            view: string;
            /** @description rows put back */
            restored: number;
        };
        IncidentProof: {
            incidentId: components["schemas"]["EntityId"];
            /** @description of the ledger */
            size: number;
            /** @description its RFC 6962 Merkle tree hash at that size, base64 */
            root: string;
            views: {
                view: string;
                version: number;
                /** @description the rows reflect every event up to here */
                position: number;
                rows: number;
                /** @description SHA-256, lower-case hex, over the rows in the order of their keys (docs/views.md) */
                checksum: string;
            }[];
        };
        RefusalPage: {
            items: components["schemas"]["Refusal"][];
            next: string | null;
        };
        /**
         * @example {
         *       "firstAt": "2026-01-31T09:30:00.000Z",
         *       "lastAt": "2026-01-31T09:30:12.000Z",
         *       "count": 7,
         *       "code": "not-permitted",
         *       "method": "POST",
         *       "route": "/v1/workspaces/:workspace/members",
         *       "address": "192.0.2.7",
         *       "member": "alice"
         *     }
         */
        Refusal: {
            firstAt: components["schemas"]["Instant"];
            lastAt: components["schemas"]["Instant"];
            count: number;
            /** @description its problem type, without the prefix */
            code: string;
            method: string;
            /** @description the route, with the ids left out */
            route: string;
            /** @description the sender’s IP address */
            address: string;
            /** @description the token’s member, if it is a token of this workspace */
            member?: components["schemas"]["KnownMemberId"];
        };
        WebhookPage: {
            items: components["schemas"]["Webhook"][];
            next: string | null;
        };
        /**
         * @example {
         *       "id": "01a20655-3d04-7eea-9335-8b9286dcf167",
         *       "url": "https://hooks.example.org/casebook",
         *       "member": "admin",
         *       "status": "active",
         *       "position": 24,
         *       "attempts": 0,
         *       "retryAt": null,
         *       "error": null,
         *       "deadLetters": 0,
         *       "createdAt": "2026-01-31T09:30:00.000Z"
         *     }
         */
        Webhook: {
            id: components["schemas"]["EntityId"];
            url: string;
            /** @description who created it; only what this member may see is sent */
            member: components["schemas"]["KnownMemberId"];
            /** @enum {string} */
            status: "active" | "stopped";
            /** @description every event up to this position has been delivered or given up on */
            position: number;
            /** @description failed attempts to deliver the next event */
            attempts: number;
            /** @description when delivery is tried again */
            retryAt: components["schemas"]["Instant"] | null;
            /** @description why the last attempt failed, or why the webhook is stopped */
            error: string | null;
            /** @description events given up on */
            deadLetters: number;
            createdAt: components["schemas"]["Instant"];
        };
        /**
         * @example {
         *       "url": "https://hooks.example.org/casebook"
         *     }
         */
        MakeWebhook: {
            /**
             * Format: uri
             * @description where events are sent: https, without a user and password
             */
            url: string;
        };
        /**
         * @example {
         *       "id": "01a20655-3d04-7eea-9335-8b9286dcf167",
         *       "url": "https://hooks.example.org/casebook",
         *       "member": "admin",
         *       "status": "active",
         *       "position": 24,
         *       "attempts": 0,
         *       "retryAt": null,
         *       "error": null,
         *       "deadLetters": 0,
         *       "createdAt": "2026-01-31T09:30:00.000Z",
         *       "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
         *     }
         */
        MadeWebhook: {
            id: components["schemas"]["EntityId"];
            url: string;
            /** @description who created it; only what this member may see is sent */
            member: components["schemas"]["KnownMemberId"];
            /** @enum {string} */
            status: "active" | "stopped";
            /** @description every event up to this position has been delivered or given up on */
            position: number;
            /** @description failed attempts to deliver the next event */
            attempts: number;
            /** @description when delivery is tried again */
            retryAt: components["schemas"]["Instant"] | null;
            /** @description why the last attempt failed, or why the webhook is stopped */
            error: string | null;
            /** @description events given up on */
            deadLetters: number;
            createdAt: components["schemas"]["Instant"];
            /** @description its signing secret (Standard Webhooks), shown once */
            secret: string;
        };
        /**
         * @example {
         *       "after": 0
         *     }
         */
        RedeliverWebhook: {
            /** @description the position to restart behind; every event after it is sent */
            after: number;
        };
        DeadLetterPage: {
            items: components["schemas"]["DeadLetter"][];
            next: string | null;
        };
        /**
         * @example {
         *       "position": 17,
         *       "failedAt": "2026-01-31T09:30:00.000Z",
         *       "error": "The receiver answered 500."
         *     }
         */
        DeadLetter: {
            position: number;
            failedAt: components["schemas"]["Instant"];
            error: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    "Health.live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description it is */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        status?: "live";
                    };
                };
            };
            /** @description bad-request: The request cannot be understood */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: The service is not available at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Health.ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description it can */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        status?: "ready";
                        /** @description what the process does (CASEBOOK_ROLES) */
                        roles?: ("serve" | "follow" | "read")[];
                    };
                };
            };
            /** @description bad-request: The request cannot be understood */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: The service is not available at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Workspaces.list": {
        parameters: {
            query?: never;
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkspacePage"];
                };
            };
            /** @description invalid-request: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-costly: The request takes too much work */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Workspaces.open": {
        parameters: {
            query?: never;
            header?: {
                /** @description identifies the command: however often it is sent, it is recorded once and gets the first answer, with no time limit */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpenWorkspace"];
            };
        };
        responses: {
            /** @description it existed already */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IssuedToken"];
                };
            };
            /** @description recorded */
            201: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IssuedToken"];
                };
            };
            /** @description invalid-request: The request is not valid; malformed-json: The body is not JSON; bad-precondition: If-Match is not an entity tag */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-in-progress: The same command is still running; workspace-exists: The workspace exists already */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type: The body has an unsupported type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-reused: The idempotency key belongs to another command */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: The service is not available at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Settings.read": {
        parameters: {
            query?: {
                /** @description the state at this position of the ledger, at this RFC 3339 time, or at the end of this day in UTC; beyond the head, the state is that of the head, given by the answer in Ledger-Head */
                asOf?: string;
            };
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
                /** @description the ETag of the answer that you have; 304 if it is still current */
                "If-None-Match"?: string;
                /** @description the state at this time (RFC 7089), such as Sat, 31 Jan 2026 09:30:00 GMT; asOf takes precedence */
                "Accept-Datetime"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkspaceSettings"];
                };
            };
            /** @description the answer that you have is still current */
            304: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description invalid-request: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-costly: The request takes too much work */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Settings.configure": {
        parameters: {
            query?: never;
            header?: {
                /** @description identifies the command: however often it is sent, it is recorded once and gets the first answer, with no time limit */
                "Idempotency-Key"?: string;
                /** @description the ETag of the revision that you have seen, such as "3"; 412 if it has changed since */
                "If-Match"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ConfigureWorkspace"];
            };
        };
        responses: {
            /** @description recorded, or unchanged if nothing differed */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteAnswer"];
                };
            };
            /** @description invalid-request: The request is not valid; malformed-json: The body is not JSON; bad-precondition: If-Match is not an entity tag */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-in-progress: The same command is still running */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description revision-mismatch: It has changed since you read it */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type: The body has an unsupported type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-reused: The idempotency key belongs to another command */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description precondition-required: A revision is required */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: The service is not available at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Members.list": {
        parameters: {
            query?: {
                /** @description maximum number of items; default 100 */
                limit?: string;
                /** @description `next` of the previous page */
                cursor?: string;
                /** @description the state at this position of the ledger, at this RFC 3339 time, or at the end of this day in UTC; beyond the head, the state is that of the head, given by the answer in Ledger-Head */
                asOf?: string;
            };
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
                /** @description the state at this time (RFC 7089), such as Sat, 31 Jan 2026 09:30:00 GMT; asOf takes precedence */
                "Accept-Datetime"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MemberPage"];
                };
            };
            /** @description invalid-request: The request is not valid; bad-cursor: The cursor is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-costly: The request takes too much work */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Members.add": {
        parameters: {
            query?: never;
            header?: {
                /** @description identifies the command: however often it is sent, it is recorded once and gets the first answer, with no time limit */
                "Idempotency-Key"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddMember"];
            };
        };
        responses: {
            /** @description it existed already */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteAnswer"];
                };
            };
            /** @description recorded */
            201: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteAnswer"];
                };
            };
            /** @description invalid-request: The request is not valid; malformed-json: The body is not JSON; bad-precondition: If-Match is not an entity tag */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace; clearance-beyond-yours: The clearance is higher than your own */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-in-progress: The same command is still running; member-exists: The member exists already */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type: The body has an unsupported type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-reused: The idempotency key belongs to another command */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: The service is not available at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Members.one": {
        parameters: {
            query?: {
                /** @description the state at this position of the ledger, at this RFC 3339 time, or at the end of this day in UTC; beyond the head, the state is that of the head, given by the answer in Ledger-Head */
                asOf?: string;
            };
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
                /** @description the ETag of the answer that you have; 304 if it is still current */
                "If-None-Match"?: string;
                /** @description the state at this time (RFC 7089), such as Sat, 31 Jan 2026 09:30:00 GMT; asOf takes precedence */
                "Accept-Datetime"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                member: components["schemas"]["KnownMemberId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Member"];
                };
            };
            /** @description the answer that you have is still current */
            304: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description invalid-request: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description member-unknown: No such member */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-costly: The request takes too much work */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Members.revise": {
        parameters: {
            query?: never;
            header?: {
                /** @description identifies the command: however often it is sent, it is recorded once and gets the first answer, with no time limit */
                "Idempotency-Key"?: string;
                /** @description the ETag of the revision that you have seen, such as "3"; 412 if it has changed since */
                "If-Match"?: string;
                /** @description merge (RFC 7240): if others have changed other fields since the revision in If-Match, both changes are kept; the answer says so in Preference-Applied and in merged */
                Prefer?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                member: components["schemas"]["KnownMemberId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ReviseMember"];
            };
        };
        responses: {
            /** @description recorded, or unchanged if nothing differed */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteAnswer"];
                };
            };
            /** @description invalid-request: The request is not valid; malformed-json: The body is not JSON; bad-precondition: If-Match is not an entity tag */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace; clearance-beyond-yours: The clearance is higher than your own */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description member-unknown: No such member */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-in-progress: The same command is still running; member-last-admin: A workspace needs an admin */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description revision-mismatch: It has changed since you read it */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type: The body has an unsupported type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-reused: The idempotency key belongs to another command */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description precondition-required: A revision is required */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: The service is not available at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Members.remove": {
        parameters: {
            query?: never;
            header?: {
                /** @description identifies the command: however often it is sent, it is recorded once and gets the first answer, with no time limit */
                "Idempotency-Key"?: string;
                /** @description the ETag of the revision that you have seen, such as "3"; 412 if it has changed since */
                "If-Match"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                member: components["schemas"]["KnownMemberId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["OptionalReason"];
            };
        };
        responses: {
            /** @description recorded, or unchanged if nothing differed */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteAnswer"];
                };
            };
            /** @description invalid-request: The request is not valid; malformed-json: The body is not JSON; bad-precondition: If-Match is not an entity tag */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description member-unknown: No such member */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-in-progress: The same command is still running; member-last-admin: A workspace needs an admin */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description revision-mismatch: It has changed since you read it */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type: The body has an unsupported type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-reused: The idempotency key belongs to another command */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description precondition-required: A revision is required */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: The service is not available at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Members.tokens": {
        parameters: {
            query?: {
                /** @description the state at this position of the ledger, at this RFC 3339 time, or at the end of this day in UTC; beyond the head, the state is that of the head, given by the answer in Ledger-Head */
                asOf?: string;
            };
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
                /** @description the state at this time (RFC 7089), such as Sat, 31 Jan 2026 09:30:00 GMT; asOf takes precedence */
                "Accept-Datetime"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                member: components["schemas"]["KnownMemberId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenPage"];
                };
            };
            /** @description invalid-request: The request is not valid; bad-cursor: The cursor is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description member-unknown: No such member */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-costly: The request takes too much work */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Members.issue": {
        parameters: {
            query?: never;
            header?: {
                /** @description identifies the command: however often it is sent, it is recorded once and gets the first answer, with no time limit */
                "Idempotency-Key"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                member: components["schemas"]["KnownMemberId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["IssueToken"];
            };
        };
        responses: {
            /** @description it existed already */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IssuedToken"];
                };
            };
            /** @description recorded */
            201: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IssuedToken"];
                };
            };
            /** @description invalid-request: The request is not valid; malformed-json: The body is not JSON; bad-precondition: If-Match is not an entity tag */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace; clearance-beyond-yours: The clearance is higher than your own */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description member-unknown: No such member */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-in-progress: The same command is still running */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type: The body has an unsupported type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-reused: The idempotency key belongs to another command; token-expired: The token would already be expired */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: The service is not available at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Members.revoke": {
        parameters: {
            query?: never;
            header?: {
                /** @description identifies the command: however often it is sent, it is recorded once and gets the first answer, with no time limit */
                "Idempotency-Key"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                token: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["OptionalReason"];
            };
        };
        responses: {
            /** @description recorded, or unchanged if nothing differed */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteAnswer"];
                };
            };
            /** @description invalid-request: The request is not valid; malformed-json: The body is not JSON; bad-precondition: If-Match is not an entity tag */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description token-unknown: No such token */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-in-progress: The same command is still running */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type: The body has an unsupported type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-reused: The idempotency key belongs to another command */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: The service is not available at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Documents.list": {
        parameters: {
            query?: {
                /** @description maximum number of items; default 100 */
                limit?: string;
                /** @description `next` of the previous page */
                cursor?: string;
                /** @description the state at this position of the ledger, at this RFC 3339 time, or at the end of this day in UTC; beyond the head, the state is that of the head, given by the answer in Ledger-Head */
                asOf?: string;
                /** @description words of the title in any order, folded as in search; warn* for any ending, "words in a row", -word */
                q?: string;
                publisher?: string;
                language?: string;
            };
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
                /** @description the state at this time (RFC 7089), such as Sat, 31 Jan 2026 09:30:00 GMT; asOf takes precedence */
                "Accept-Datetime"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DocumentPage"];
                };
            };
            /** @description invalid-request: The request is not valid; bad-cursor: The cursor is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-costly: The request takes too much work */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Documents.import": {
        parameters: {
            query?: {
                title?: string;
                publisher?: string;
                /** @description the authors, as the document names them */
                author?: string;
                published?: components["schemas"]["EdtfDate"];
                retrieved?: components["schemas"]["EdtfDate"];
                url?: string;
                language?: string;
                tlp?: components["schemas"]["Tlp"];
                reliability?: components["schemas"]["Reliability"];
                /** @description the report that this one repeats, such as an agency dispatch or another paper; documents with the same upstream count as one source */
                upstream?: string;
                /** @description the earlier edition of the same document, which this one replaces */
                supersedes?: components["schemas"]["DocumentId"];
                /** @description of the file in the body */
                fileName?: string;
            };
            header?: {
                /** @description identifies the command: however often it is sent, it is recorded once and gets the first answer, with no time limit */
                "Idempotency-Key"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ImportDocument"];
                "text/plain": string;
                "text/html": string;
                "text/markdown": string;
                "application/pdf": string;
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document": string;
                "message/rfc822": string;
                "multipart/form-data": string;
            };
        };
        responses: {
            /** @description it existed already */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteAnswer"];
                };
            };
            /** @description recorded */
            201: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteAnswer"];
                };
            };
            /** @description invalid-request: The request is not valid; malformed-json: The body is not JSON; bad-precondition: If-Match is not an entity tag */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description document-unknown: No such document */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-in-progress: The same command is still running; document-erased: The document was erased by law */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type: The body has an unsupported type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-reused: The idempotency key belongs to another command; document-unreadable: The file cannot be read as a document */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: The service is not available at the moment; unavailable: The service is not available at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Documents.one": {
        parameters: {
            query?: {
                /** @description the state at this position of the ledger, at this RFC 3339 time, or at the end of this day in UTC; beyond the head, the state is that of the head, given by the answer in Ledger-Head */
                asOf?: string;
            };
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
                /** @description the ETag of the answer that you have; 304 if it is still current */
                "If-None-Match"?: string;
                /** @description the state at this time (RFC 7089), such as Sat, 31 Jan 2026 09:30:00 GMT; asOf takes precedence */
                "Accept-Datetime"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                document: components["schemas"]["DocumentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Document"];
                };
            };
            /** @description the answer that you have is still current */
            304: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description invalid-request: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description document-unknown: No such document */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-costly: The request takes too much work */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Documents.revise": {
        parameters: {
            query?: never;
            header?: {
                /** @description identifies the command: however often it is sent, it is recorded once and gets the first answer, with no time limit */
                "Idempotency-Key"?: string;
                /** @description the ETag of the revision that you have seen, such as "3"; 412 if it has changed since */
                "If-Match"?: string;
                /** @description merge (RFC 7240): if others have changed other fields since the revision in If-Match, both changes are kept; the answer says so in Preference-Applied and in merged */
                Prefer?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                document: components["schemas"]["DocumentId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ReviseDocument"];
            };
        };
        responses: {
            /** @description recorded, or unchanged if nothing differed */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteAnswer"];
                };
            };
            /** @description invalid-request: The request is not valid; malformed-json: The body is not JSON; bad-precondition: If-Match is not an entity tag */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description document-unknown: No such document */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-in-progress: The same command is still running; document-erased: The document was erased by law */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description revision-mismatch: It has changed since you read it */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type: The body has an unsupported type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-reused: The idempotency key belongs to another command */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description precondition-required: A revision is required */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: The service is not available at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Documents.text": {
        parameters: {
            query?: never;
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
                /** @description the ETag of the answer that you have; 304 if it is still current */
                "If-None-Match"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                document: components["schemas"]["DocumentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description the answer that you have is still current */
            304: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description invalid-request: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description document-unknown: No such document */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Documents.original": {
        parameters: {
            query?: never;
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
                /** @description the ETag of the answer that you have; 304 if it is still current */
                "If-None-Match"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                document: components["schemas"]["DocumentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                    "text/html": string;
                    "text/markdown": string;
                    "application/pdf": string;
                    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": string;
                    "message/rfc822": string;
                };
            };
            /** @description the answer that you have is still current */
            304: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description invalid-request: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description document-unknown: No such document */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Incidents.list": {
        parameters: {
            query?: {
                /** @description maximum number of items; default 100 */
                limit?: string;
                /** @description `next` of the previous page */
                cursor?: string;
                /** @description the state at this position of the ledger, at this RFC 3339 time, or at the end of this day in UTC; beyond the head, the state is that of the head, given by the answer in Ledger-Head */
                asOf?: string;
                /** @description words of the title in any order, folded as in search; warn* for any ending, "words in a row", -word */
                q?: string;
                status?: "open" | "closed";
            };
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
                /** @description the state at this time (RFC 7089), such as Sat, 31 Jan 2026 09:30:00 GMT; asOf takes precedence */
                "Accept-Datetime"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncidentPage"];
                };
            };
            /** @description invalid-request: The request is not valid; bad-cursor: The cursor is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-costly: The request takes too much work */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Incidents.open": {
        parameters: {
            query?: never;
            header?: {
                /** @description identifies the command: however often it is sent, it is recorded once and gets the first answer, with no time limit */
                "Idempotency-Key"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpenIncident"];
            };
        };
        responses: {
            /** @description it existed already */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteAnswer"];
                };
            };
            /** @description recorded */
            201: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteAnswer"];
                };
            };
            /** @description invalid-request: The request is not valid; malformed-json: The body is not JSON; bad-precondition: If-Match is not an entity tag */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description member-unknown: No such member */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-in-progress: The same command is still running */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type: The body has an unsupported type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-reused: The idempotency key belongs to another command; restriction-without-you: The restriction would exclude you */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: The service is not available at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Incidents.one": {
        parameters: {
            query?: {
                /** @description the state at this position of the ledger, at this RFC 3339 time, or at the end of this day in UTC; beyond the head, the state is that of the head, given by the answer in Ledger-Head */
                asOf?: string;
            };
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
                /** @description the ETag of the answer that you have; 304 if it is still current */
                "If-None-Match"?: string;
                /** @description the state at this time (RFC 7089), such as Sat, 31 Jan 2026 09:30:00 GMT; asOf takes precedence */
                "Accept-Datetime"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Incident"];
                };
            };
            /** @description the answer that you have is still current */
            304: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description invalid-request: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description incident-unknown: No such incident */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-costly: The request takes too much work */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Incidents.revise": {
        parameters: {
            query?: never;
            header?: {
                /** @description identifies the command: however often it is sent, it is recorded once and gets the first answer, with no time limit */
                "Idempotency-Key"?: string;
                /** @description the ETag of the revision that you have seen, such as "3"; 412 if it has changed since */
                "If-Match"?: string;
                /** @description merge (RFC 7240): if others have changed other fields since the revision in If-Match, both changes are kept; the answer says so in Preference-Applied and in merged */
                Prefer?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ReviseIncident"];
            };
        };
        responses: {
            /** @description recorded, or unchanged if nothing differed */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteAnswer"];
                };
            };
            /** @description invalid-request: The request is not valid; malformed-json: The body is not JSON; bad-precondition: If-Match is not an entity tag */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description incident-unknown: No such incident */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-in-progress: The same command is still running; incident-closed: The incident is closed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description revision-mismatch: It has changed since you read it */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type: The body has an unsupported type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-reused: The idempotency key belongs to another command */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description precondition-required: A revision is required */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: The service is not available at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Incidents.close": {
        parameters: {
            query?: never;
            header?: {
                /** @description identifies the command: however often it is sent, it is recorded once and gets the first answer, with no time limit */
                "Idempotency-Key"?: string;
                /** @description the ETag of the revision that you have seen, such as "3"; 412 if it has changed since */
                "If-Match"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["OptionalReason"];
            };
        };
        responses: {
            /** @description recorded, or unchanged if nothing differed */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteAnswer"];
                };
            };
            /** @description invalid-request: The request is not valid; malformed-json: The body is not JSON; bad-precondition: If-Match is not an entity tag */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description incident-unknown: No such incident */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-in-progress: The same command is still running */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description revision-mismatch: It has changed since you read it */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type: The body has an unsupported type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-reused: The idempotency key belongs to another command */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description precondition-required: A revision is required */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: The service is not available at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Incidents.reopen": {
        parameters: {
            query?: never;
            header?: {
                /** @description identifies the command: however often it is sent, it is recorded once and gets the first answer, with no time limit */
                "Idempotency-Key"?: string;
                /** @description the ETag of the revision that you have seen, such as "3"; 412 if it has changed since */
                "If-Match"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["OptionalReason"];
            };
        };
        responses: {
            /** @description recorded, or unchanged if nothing differed */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteAnswer"];
                };
            };
            /** @description invalid-request: The request is not valid; malformed-json: The body is not JSON; bad-precondition: If-Match is not an entity tag */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description incident-unknown: No such incident */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-in-progress: The same command is still running */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description revision-mismatch: It has changed since you read it */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type: The body has an unsupported type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-reused: The idempotency key belongs to another command */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description precondition-required: A revision is required */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: The service is not available at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Incidents.documents": {
        parameters: {
            query?: {
                /** @description maximum number of items; default 100 */
                limit?: string;
                /** @description `next` of the previous page */
                cursor?: string;
                /** @description the state at this position of the ledger, at this RFC 3339 time, or at the end of this day in UTC; beyond the head, the state is that of the head, given by the answer in Ledger-Head */
                asOf?: string;
            };
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
                /** @description the state at this time (RFC 7089), such as Sat, 31 Jan 2026 09:30:00 GMT; asOf takes precedence */
                "Accept-Datetime"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AttachmentPage"];
                };
            };
            /** @description invalid-request: The request is not valid; bad-cursor: The cursor is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description incident-unknown: No such incident */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-costly: The request takes too much work */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Incidents.attach": {
        parameters: {
            query?: never;
            header?: {
                /** @description identifies the command: however often it is sent, it is recorded once and gets the first answer, with no time limit */
                "Idempotency-Key"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AttachDocument"];
            };
        };
        responses: {
            /** @description it existed already */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteAnswer"];
                };
            };
            /** @description recorded */
            201: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteAnswer"];
                };
            };
            /** @description invalid-request: The request is not valid; malformed-json: The body is not JSON; bad-precondition: If-Match is not an entity tag */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description incident-unknown: No such incident */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-in-progress: The same command is still running; incident-closed: The incident is closed; document-erased: The document was erased by law */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type: The body has an unsupported type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-reused: The idempotency key belongs to another command; reference-unknown: A reference has no target */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: The service is not available at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Incidents.detach": {
        parameters: {
            query?: never;
            header?: {
                /** @description identifies the command: however often it is sent, it is recorded once and gets the first answer, with no time limit */
                "Idempotency-Key"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
                document: components["schemas"]["DocumentId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DetachDocument"];
            };
        };
        responses: {
            /** @description recorded, or unchanged if nothing differed */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteAnswer"];
                };
            };
            /** @description invalid-request: The request is not valid; malformed-json: The body is not JSON; bad-precondition: If-Match is not an entity tag */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description incident-unknown: No such incident */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-in-progress: The same command is still running; document-in-use: The document has claims */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type: The body has an unsupported type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-reused: The idempotency key belongs to another command; document-not-attached: The document is not attached to the incident */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: The service is not available at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Incidents.history": {
        parameters: {
            query?: {
                /** @description maximum number of items; default 100 */
                limit?: string;
                /** @description items above this position */
                after?: string;
                /** @description `next` of the previous page, or a position; takes precedence over `after` */
                cursor?: string;
                /** @description the state at this position of the ledger, at this RFC 3339 time, or at the end of this day in UTC; beyond the head, the state is that of the head, given by the answer in Ledger-Head */
                asOf?: string;
                annotationId?: components["schemas"]["EntityId"];
            };
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
                /** @description the state at this time (RFC 7089), such as Sat, 31 Jan 2026 09:30:00 GMT; asOf takes precedence */
                "Accept-Datetime"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangePage"];
                };
            };
            /** @description invalid-request: The request is not valid; bad-cursor: The cursor is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description incident-unknown: No such incident */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-costly: The request takes too much work */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Restrictions.restrict": {
        parameters: {
            query?: never;
            header?: {
                /** @description identifies the command: however often it is sent, it is recorded once and gets the first answer, with no time limit */
                "Idempotency-Key"?: string;
                /** @description the ETag of the revision that you have seen, such as "3"; 412 if it has changed since */
                "If-Match"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RestrictIncident"];
            };
        };
        responses: {
            /** @description recorded, or unchanged if nothing differed */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteAnswer"];
                };
            };
            /** @description invalid-request: The request is not valid; malformed-json: The body is not JSON; bad-precondition: If-Match is not an entity tag */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description incident-unknown: No such incident; member-unknown: No such member */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-in-progress: The same command is still running */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description revision-mismatch: It has changed since you read it */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type: The body has an unsupported type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-reused: The idempotency key belongs to another command; restriction-without-you: The restriction would exclude you */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description precondition-required: A revision is required */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: The service is not available at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Restrictions.unrestrict": {
        parameters: {
            query?: never;
            header?: {
                /** @description identifies the command: however often it is sent, it is recorded once and gets the first answer, with no time limit */
                "Idempotency-Key"?: string;
                /** @description the ETag of the revision that you have seen, such as "3"; 412 if it has changed since */
                "If-Match"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["OptionalReason"];
            };
        };
        responses: {
            /** @description recorded, or unchanged if nothing differed */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteAnswer"];
                };
            };
            /** @description invalid-request: The request is not valid; malformed-json: The body is not JSON; bad-precondition: If-Match is not an entity tag */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description incident-unknown: No such incident */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-in-progress: The same command is still running */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description revision-mismatch: It has changed since you read it */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type: The body has an unsupported type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-reused: The idempotency key belongs to another command */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description precondition-required: A revision is required */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: The service is not available at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "CarryOver.carry": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
                document: components["schemas"]["DocumentId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CarryOver"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CarryOverReport"];
                };
            };
            /** @description invalid-request: The request is not valid; malformed-json: The body is not JSON; bad-precondition: If-Match is not an entity tag */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description incident-unknown: No such incident; document-unknown: No such document */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-in-progress: The same command is still running; incident-closed: The incident is closed; document-erased: The document was erased by law */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type: The body has an unsupported type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-reused: The idempotency key belongs to another command; field-required: A field is missing */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: The service is not available at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Proposals.propose": {
        parameters: {
            query?: never;
            header?: {
                /** @description identifies the command: however often it is sent, it is recorded once and gets the first answer, with no time limit */
                "Idempotency-Key"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Proposal"];
            };
        };
        responses: {
            /** @description it existed already */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteAnswer"];
                };
            };
            /** @description recorded */
            201: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteAnswer"];
                };
            };
            /** @description invalid-request: The request is not valid; malformed-json: The body is not JSON; bad-precondition: If-Match is not an entity tag */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description incident-unknown: No such incident; document-unknown: No such document; annotation-unknown: No such annotation */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-in-progress: The same command is still running; incident-closed: The incident is closed; document-erased: The document was erased by law; document-in-use: The document has claims; annotation-retracted: The annotation is retracted or erased; dispute-not-open: The dispute is not open; dispute-not-settled: The dispute is not settled */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description revision-mismatch: It has changed since you read it */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type: The body has an unsupported type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-reused: The idempotency key belongs to another command; document-not-attached: The document is not attached to the incident; reference-unknown: A reference has no target; reference-of-wrong-kind: A reference has the wrong kind of target; reference-retracted: A reference is to something retracted or erased; quote-not-found: The quote is not in the document; quote-ambiguous: The quote occurs more than once; quote-mismatch: Quote, position and context contradict each other; position-unknown: The dispute has no such position; field-required: A field is missing */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description precondition-required: A revision is required */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: The service is not available at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Proposals.decide": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DecideProposals"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProposalsReport"];
                };
            };
            /** @description invalid-request: The request is not valid; malformed-json: The body is not JSON; bad-precondition: If-Match is not an entity tag */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description incident-unknown: No such incident */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-in-progress: The same command is still running */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type: The body has an unsupported type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-reused: The idempotency key belongs to another command */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: The service is not available at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Claims.list": {
        parameters: {
            query?: {
                /** @description maximum number of items; default 100 */
                limit?: string;
                /** @description `next` of the previous page */
                cursor?: string;
                /** @description the state at this position of the ledger, at this RFC 3339 time, or at the end of this day in UTC; beyond the head, the state is that of the head, given by the answer in Ledger-Head */
                asOf?: string;
                status?: components["schemas"]["AnnotationStatus"];
                recordedBy?: components["schemas"]["KnownMemberId"];
                tag?: components["schemas"]["Tag"];
                documentId?: components["schemas"]["DocumentId"];
                /** @description only comments on this annotation, and links and disputes about it */
                targetId?: components["schemas"]["EntityId"];
                modality?: components["schemas"]["Modality"];
            };
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
                /** @description the state at this time (RFC 7089), such as Sat, 31 Jan 2026 09:30:00 GMT; asOf takes precedence */
                "Accept-Datetime"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClaimPage"];
                };
            };
            /** @description invalid-request: The request is not valid; bad-cursor: The cursor is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description incident-unknown: No such incident */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-costly: The request takes too much work */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Claims.record": {
        parameters: {
            query?: never;
            header?: {
                /** @description identifies the command: however often it is sent, it is recorded once and gets the first answer, with no time limit */
                "Idempotency-Key"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TagClaim"];
            };
        };
        responses: {
            /** @description it existed already */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteAnswer"];
                };
            };
            /** @description recorded */
            201: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteAnswer"];
                };
            };
            /** @description invalid-request: The request is not valid; malformed-json: The body is not JSON; bad-precondition: If-Match is not an entity tag */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description incident-unknown: No such incident */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-in-progress: The same command is still running; incident-closed: The incident is closed; document-erased: The document was erased by law */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type: The body has an unsupported type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-reused: The idempotency key belongs to another command; reference-unknown: A reference has no target; reference-of-wrong-kind: A reference has the wrong kind of target; reference-retracted: A reference is to something retracted or erased; quote-not-found: The quote is not in the document; quote-ambiguous: The quote occurs more than once; quote-mismatch: Quote, position and context contradict each other; document-not-attached: The document is not attached to the incident */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: The service is not available at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Claims.one": {
        parameters: {
            query?: {
                /** @description the state at this position of the ledger, at this RFC 3339 time, or at the end of this day in UTC; beyond the head, the state is that of the head, given by the answer in Ledger-Head */
                asOf?: string;
            };
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
                /** @description the ETag of the answer that you have; 304 if it is still current */
                "If-None-Match"?: string;
                /** @description the state at this time (RFC 7089), such as Sat, 31 Jan 2026 09:30:00 GMT; asOf takes precedence */
                "Accept-Datetime"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
                annotation: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Claim"];
                };
            };
            /** @description the answer that you have is still current */
            304: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description invalid-request: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description annotation-unknown: No such annotation */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-costly: The request takes too much work */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Claims.revise": {
        parameters: {
            query?: never;
            header?: {
                /** @description identifies the command: however often it is sent, it is recorded once and gets the first answer, with no time limit */
                "Idempotency-Key"?: string;
                /** @description the ETag of the revision that you have seen, such as "3"; 412 if it has changed since */
                "If-Match"?: string;
                /** @description merge (RFC 7240): if others have changed other fields since the revision in If-Match, both changes are kept; the answer says so in Preference-Applied and in merged */
                Prefer?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
                annotation: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ReviseClaim"];
            };
        };
        responses: {
            /** @description recorded, or unchanged if nothing differed */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteAnswer"];
                };
            };
            /** @description invalid-request: The request is not valid; malformed-json: The body is not JSON; bad-precondition: If-Match is not an entity tag */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description annotation-unknown: No such annotation; incident-unknown: No such incident */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-in-progress: The same command is still running; annotation-retracted: The annotation is retracted or erased; incident-closed: The incident is closed; document-erased: The document was erased by law */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description revision-mismatch: It has changed since you read it */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type: The body has an unsupported type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-reused: The idempotency key belongs to another command; reference-unknown: A reference has no target; reference-of-wrong-kind: A reference has the wrong kind of target; reference-retracted: A reference is to something retracted or erased; quote-not-found: The quote is not in the document; quote-ambiguous: The quote occurs more than once; quote-mismatch: Quote, position and context contradict each other; document-not-attached: The document is not attached to the incident */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description precondition-required: A revision is required */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: The service is not available at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Claims.retract": {
        parameters: {
            query?: never;
            header?: {
                /** @description identifies the command: however often it is sent, it is recorded once and gets the first answer, with no time limit */
                "Idempotency-Key"?: string;
                /** @description the ETag of the revision that you have seen, such as "3"; 412 if it has changed since */
                "If-Match"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
                annotation: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Retraction"];
            };
        };
        responses: {
            /** @description recorded, or unchanged if nothing differed */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteAnswer"];
                };
            };
            /** @description invalid-request: The request is not valid; malformed-json: The body is not JSON; bad-precondition: If-Match is not an entity tag */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description annotation-unknown: No such annotation; incident-unknown: No such incident */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-in-progress: The same command is still running; incident-closed: The incident is closed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description revision-mismatch: It has changed since you read it */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type: The body has an unsupported type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-reused: The idempotency key belongs to another command */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description precondition-required: A revision is required */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: The service is not available at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Warnings.list": {
        parameters: {
            query?: {
                /** @description maximum number of items; default 100 */
                limit?: string;
                /** @description `next` of the previous page */
                cursor?: string;
                /** @description the state at this position of the ledger, at this RFC 3339 time, or at the end of this day in UTC; beyond the head, the state is that of the head, given by the answer in Ledger-Head */
                asOf?: string;
                status?: components["schemas"]["AnnotationStatus"];
                recordedBy?: components["schemas"]["KnownMemberId"];
                tag?: components["schemas"]["Tag"];
                documentId?: components["schemas"]["DocumentId"];
                /** @description only comments on this annotation, and links and disputes about it */
                targetId?: components["schemas"]["EntityId"];
                modality?: components["schemas"]["Modality"];
            };
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
                /** @description the state at this time (RFC 7089), such as Sat, 31 Jan 2026 09:30:00 GMT; asOf takes precedence */
                "Accept-Datetime"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WarningPage"];
                };
            };
            /** @description invalid-request: The request is not valid; bad-cursor: The cursor is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description incident-unknown: No such incident */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-costly: The request takes too much work */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Warnings.record": {
        parameters: {
            query?: never;
            header?: {
                /** @description identifies the command: however often it is sent, it is recorded once and gets the first answer, with no time limit */
                "Idempotency-Key"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecordWarning"];
            };
        };
        responses: {
            /** @description it existed already */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteAnswer"];
                };
            };
            /** @description recorded */
            201: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteAnswer"];
                };
            };
            /** @description invalid-request: The request is not valid; malformed-json: The body is not JSON; bad-precondition: If-Match is not an entity tag */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description incident-unknown: No such incident */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-in-progress: The same command is still running; incident-closed: The incident is closed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type: The body has an unsupported type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-reused: The idempotency key belongs to another command; reference-unknown: A reference has no target; reference-of-wrong-kind: A reference has the wrong kind of target; reference-retracted: A reference is to something retracted or erased */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: The service is not available at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Warnings.one": {
        parameters: {
            query?: {
                /** @description the state at this position of the ledger, at this RFC 3339 time, or at the end of this day in UTC; beyond the head, the state is that of the head, given by the answer in Ledger-Head */
                asOf?: string;
            };
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
                /** @description the ETag of the answer that you have; 304 if it is still current */
                "If-None-Match"?: string;
                /** @description the state at this time (RFC 7089), such as Sat, 31 Jan 2026 09:30:00 GMT; asOf takes precedence */
                "Accept-Datetime"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
                annotation: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Warning"];
                };
            };
            /** @description the answer that you have is still current */
            304: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description invalid-request: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description annotation-unknown: No such annotation */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-costly: The request takes too much work */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Warnings.revise": {
        parameters: {
            query?: never;
            header?: {
                /** @description identifies the command: however often it is sent, it is recorded once and gets the first answer, with no time limit */
                "Idempotency-Key"?: string;
                /** @description the ETag of the revision that you have seen, such as "3"; 412 if it has changed since */
                "If-Match"?: string;
                /** @description merge (RFC 7240): if others have changed other fields since the revision in If-Match, both changes are kept; the answer says so in Preference-Applied and in merged */
                Prefer?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
                annotation: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ReviseWarning"];
            };
        };
        responses: {
            /** @description recorded, or unchanged if nothing differed */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteAnswer"];
                };
            };
            /** @description invalid-request: The request is not valid; malformed-json: The body is not JSON; bad-precondition: If-Match is not an entity tag */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description annotation-unknown: No such annotation; incident-unknown: No such incident */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-in-progress: The same command is still running; annotation-retracted: The annotation is retracted or erased; incident-closed: The incident is closed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description revision-mismatch: It has changed since you read it */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type: The body has an unsupported type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-reused: The idempotency key belongs to another command; reference-unknown: A reference has no target; reference-of-wrong-kind: A reference has the wrong kind of target; reference-retracted: A reference is to something retracted or erased */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description precondition-required: A revision is required */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: The service is not available at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Warnings.retract": {
        parameters: {
            query?: never;
            header?: {
                /** @description identifies the command: however often it is sent, it is recorded once and gets the first answer, with no time limit */
                "Idempotency-Key"?: string;
                /** @description the ETag of the revision that you have seen, such as "3"; 412 if it has changed since */
                "If-Match"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
                annotation: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Retraction"];
            };
        };
        responses: {
            /** @description recorded, or unchanged if nothing differed */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteAnswer"];
                };
            };
            /** @description invalid-request: The request is not valid; malformed-json: The body is not JSON; bad-precondition: If-Match is not an entity tag */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description annotation-unknown: No such annotation; incident-unknown: No such incident */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-in-progress: The same command is still running; incident-closed: The incident is closed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description revision-mismatch: It has changed since you read it */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type: The body has an unsupported type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-reused: The idempotency key belongs to another command */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description precondition-required: A revision is required */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: The service is not available at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Attacks.list": {
        parameters: {
            query?: {
                /** @description maximum number of items; default 100 */
                limit?: string;
                /** @description `next` of the previous page */
                cursor?: string;
                /** @description the state at this position of the ledger, at this RFC 3339 time, or at the end of this day in UTC; beyond the head, the state is that of the head, given by the answer in Ledger-Head */
                asOf?: string;
                status?: components["schemas"]["AnnotationStatus"];
                recordedBy?: components["schemas"]["KnownMemberId"];
                tag?: components["schemas"]["Tag"];
                documentId?: components["schemas"]["DocumentId"];
                /** @description only comments on this annotation, and links and disputes about it */
                targetId?: components["schemas"]["EntityId"];
                modality?: components["schemas"]["Modality"];
            };
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
                /** @description the state at this time (RFC 7089), such as Sat, 31 Jan 2026 09:30:00 GMT; asOf takes precedence */
                "Accept-Datetime"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AttackPage"];
                };
            };
            /** @description invalid-request: The request is not valid; bad-cursor: The cursor is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description incident-unknown: No such incident */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-costly: The request takes too much work */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Attacks.record": {
        parameters: {
            query?: never;
            header?: {
                /** @description identifies the command: however often it is sent, it is recorded once and gets the first answer, with no time limit */
                "Idempotency-Key"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecordAttack"];
            };
        };
        responses: {
            /** @description it existed already */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteAnswer"];
                };
            };
            /** @description recorded */
            201: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteAnswer"];
                };
            };
            /** @description invalid-request: The request is not valid; malformed-json: The body is not JSON; bad-precondition: If-Match is not an entity tag */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description incident-unknown: No such incident */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-in-progress: The same command is still running; incident-closed: The incident is closed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type: The body has an unsupported type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-reused: The idempotency key belongs to another command; reference-unknown: A reference has no target; reference-of-wrong-kind: A reference has the wrong kind of target; reference-retracted: A reference is to something retracted or erased */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: The service is not available at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Attacks.one": {
        parameters: {
            query?: {
                /** @description the state at this position of the ledger, at this RFC 3339 time, or at the end of this day in UTC; beyond the head, the state is that of the head, given by the answer in Ledger-Head */
                asOf?: string;
            };
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
                /** @description the ETag of the answer that you have; 304 if it is still current */
                "If-None-Match"?: string;
                /** @description the state at this time (RFC 7089), such as Sat, 31 Jan 2026 09:30:00 GMT; asOf takes precedence */
                "Accept-Datetime"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
                annotation: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Attack"];
                };
            };
            /** @description the answer that you have is still current */
            304: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description invalid-request: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description annotation-unknown: No such annotation */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-costly: The request takes too much work */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Attacks.revise": {
        parameters: {
            query?: never;
            header?: {
                /** @description identifies the command: however often it is sent, it is recorded once and gets the first answer, with no time limit */
                "Idempotency-Key"?: string;
                /** @description the ETag of the revision that you have seen, such as "3"; 412 if it has changed since */
                "If-Match"?: string;
                /** @description merge (RFC 7240): if others have changed other fields since the revision in If-Match, both changes are kept; the answer says so in Preference-Applied and in merged */
                Prefer?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
                annotation: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ReviseAttack"];
            };
        };
        responses: {
            /** @description recorded, or unchanged if nothing differed */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteAnswer"];
                };
            };
            /** @description invalid-request: The request is not valid; malformed-json: The body is not JSON; bad-precondition: If-Match is not an entity tag */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description annotation-unknown: No such annotation; incident-unknown: No such incident */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-in-progress: The same command is still running; annotation-retracted: The annotation is retracted or erased; incident-closed: The incident is closed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description revision-mismatch: It has changed since you read it */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type: The body has an unsupported type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-reused: The idempotency key belongs to another command; reference-unknown: A reference has no target; reference-of-wrong-kind: A reference has the wrong kind of target; reference-retracted: A reference is to something retracted or erased */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description precondition-required: A revision is required */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: The service is not available at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Attacks.retract": {
        parameters: {
            query?: never;
            header?: {
                /** @description identifies the command: however often it is sent, it is recorded once and gets the first answer, with no time limit */
                "Idempotency-Key"?: string;
                /** @description the ETag of the revision that you have seen, such as "3"; 412 if it has changed since */
                "If-Match"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
                annotation: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Retraction"];
            };
        };
        responses: {
            /** @description recorded, or unchanged if nothing differed */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteAnswer"];
                };
            };
            /** @description invalid-request: The request is not valid; malformed-json: The body is not JSON; bad-precondition: If-Match is not an entity tag */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description annotation-unknown: No such annotation; incident-unknown: No such incident */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-in-progress: The same command is still running; incident-closed: The incident is closed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description revision-mismatch: It has changed since you read it */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type: The body has an unsupported type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-reused: The idempotency key belongs to another command */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description precondition-required: A revision is required */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: The service is not available at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Links.list": {
        parameters: {
            query?: {
                /** @description maximum number of items; default 100 */
                limit?: string;
                /** @description `next` of the previous page */
                cursor?: string;
                /** @description the state at this position of the ledger, at this RFC 3339 time, or at the end of this day in UTC; beyond the head, the state is that of the head, given by the answer in Ledger-Head */
                asOf?: string;
                status?: components["schemas"]["AnnotationStatus"];
                recordedBy?: components["schemas"]["KnownMemberId"];
                tag?: components["schemas"]["Tag"];
                documentId?: components["schemas"]["DocumentId"];
                /** @description only comments on this annotation, and links and disputes about it */
                targetId?: components["schemas"]["EntityId"];
                modality?: components["schemas"]["Modality"];
            };
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
                /** @description the state at this time (RFC 7089), such as Sat, 31 Jan 2026 09:30:00 GMT; asOf takes precedence */
                "Accept-Datetime"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkPage"];
                };
            };
            /** @description invalid-request: The request is not valid; bad-cursor: The cursor is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description incident-unknown: No such incident */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-costly: The request takes too much work */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Links.record": {
        parameters: {
            query?: never;
            header?: {
                /** @description identifies the command: however often it is sent, it is recorded once and gets the first answer, with no time limit */
                "Idempotency-Key"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LinkWarning"];
            };
        };
        responses: {
            /** @description it existed already */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteAnswer"];
                };
            };
            /** @description recorded */
            201: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteAnswer"];
                };
            };
            /** @description invalid-request: The request is not valid; malformed-json: The body is not JSON; bad-precondition: If-Match is not an entity tag */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description incident-unknown: No such incident */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-in-progress: The same command is still running; incident-closed: The incident is closed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type: The body has an unsupported type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-reused: The idempotency key belongs to another command; reference-unknown: A reference has no target; reference-of-wrong-kind: A reference has the wrong kind of target; reference-retracted: A reference is to something retracted or erased */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: The service is not available at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Links.one": {
        parameters: {
            query?: {
                /** @description the state at this position of the ledger, at this RFC 3339 time, or at the end of this day in UTC; beyond the head, the state is that of the head, given by the answer in Ledger-Head */
                asOf?: string;
            };
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
                /** @description the ETag of the answer that you have; 304 if it is still current */
                "If-None-Match"?: string;
                /** @description the state at this time (RFC 7089), such as Sat, 31 Jan 2026 09:30:00 GMT; asOf takes precedence */
                "Accept-Datetime"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
                annotation: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Link"];
                };
            };
            /** @description the answer that you have is still current */
            304: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description invalid-request: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description annotation-unknown: No such annotation */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-costly: The request takes too much work */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Links.revise": {
        parameters: {
            query?: never;
            header?: {
                /** @description identifies the command: however often it is sent, it is recorded once and gets the first answer, with no time limit */
                "Idempotency-Key"?: string;
                /** @description the ETag of the revision that you have seen, such as "3"; 412 if it has changed since */
                "If-Match"?: string;
                /** @description merge (RFC 7240): if others have changed other fields since the revision in If-Match, both changes are kept; the answer says so in Preference-Applied and in merged */
                Prefer?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
                annotation: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ReviseLink"];
            };
        };
        responses: {
            /** @description recorded, or unchanged if nothing differed */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteAnswer"];
                };
            };
            /** @description invalid-request: The request is not valid; malformed-json: The body is not JSON; bad-precondition: If-Match is not an entity tag */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description annotation-unknown: No such annotation; incident-unknown: No such incident */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-in-progress: The same command is still running; annotation-retracted: The annotation is retracted or erased; incident-closed: The incident is closed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description revision-mismatch: It has changed since you read it */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type: The body has an unsupported type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-reused: The idempotency key belongs to another command; reference-unknown: A reference has no target; reference-of-wrong-kind: A reference has the wrong kind of target; reference-retracted: A reference is to something retracted or erased */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description precondition-required: A revision is required */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: The service is not available at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Links.retract": {
        parameters: {
            query?: never;
            header?: {
                /** @description identifies the command: however often it is sent, it is recorded once and gets the first answer, with no time limit */
                "Idempotency-Key"?: string;
                /** @description the ETag of the revision that you have seen, such as "3"; 412 if it has changed since */
                "If-Match"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
                annotation: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Retraction"];
            };
        };
        responses: {
            /** @description recorded, or unchanged if nothing differed */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteAnswer"];
                };
            };
            /** @description invalid-request: The request is not valid; malformed-json: The body is not JSON; bad-precondition: If-Match is not an entity tag */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description annotation-unknown: No such annotation; incident-unknown: No such incident */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-in-progress: The same command is still running; incident-closed: The incident is closed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description revision-mismatch: It has changed since you read it */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type: The body has an unsupported type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-reused: The idempotency key belongs to another command */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description precondition-required: A revision is required */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: The service is not available at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Disputes.list": {
        parameters: {
            query?: {
                /** @description maximum number of items; default 100 */
                limit?: string;
                /** @description `next` of the previous page */
                cursor?: string;
                /** @description the state at this position of the ledger, at this RFC 3339 time, or at the end of this day in UTC; beyond the head, the state is that of the head, given by the answer in Ledger-Head */
                asOf?: string;
                status?: components["schemas"]["AnnotationStatus"];
                recordedBy?: components["schemas"]["KnownMemberId"];
                tag?: components["schemas"]["Tag"];
                documentId?: components["schemas"]["DocumentId"];
                /** @description only comments on this annotation, and links and disputes about it */
                targetId?: components["schemas"]["EntityId"];
                modality?: components["schemas"]["Modality"];
            };
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
                /** @description the state at this time (RFC 7089), such as Sat, 31 Jan 2026 09:30:00 GMT; asOf takes precedence */
                "Accept-Datetime"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DisputePage"];
                };
            };
            /** @description invalid-request: The request is not valid; bad-cursor: The cursor is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description incident-unknown: No such incident */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-costly: The request takes too much work */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Disputes.record": {
        parameters: {
            query?: never;
            header?: {
                /** @description identifies the command: however often it is sent, it is recorded once and gets the first answer, with no time limit */
                "Idempotency-Key"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RaiseDispute"];
            };
        };
        responses: {
            /** @description it existed already */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteAnswer"];
                };
            };
            /** @description recorded */
            201: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteAnswer"];
                };
            };
            /** @description invalid-request: The request is not valid; malformed-json: The body is not JSON; bad-precondition: If-Match is not an entity tag */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description incident-unknown: No such incident */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-in-progress: The same command is still running; incident-closed: The incident is closed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type: The body has an unsupported type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-reused: The idempotency key belongs to another command; reference-unknown: A reference has no target; reference-of-wrong-kind: A reference has the wrong kind of target; reference-retracted: A reference is to something retracted or erased */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: The service is not available at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Disputes.one": {
        parameters: {
            query?: {
                /** @description the state at this position of the ledger, at this RFC 3339 time, or at the end of this day in UTC; beyond the head, the state is that of the head, given by the answer in Ledger-Head */
                asOf?: string;
            };
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
                /** @description the ETag of the answer that you have; 304 if it is still current */
                "If-None-Match"?: string;
                /** @description the state at this time (RFC 7089), such as Sat, 31 Jan 2026 09:30:00 GMT; asOf takes precedence */
                "Accept-Datetime"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
                annotation: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Dispute"];
                };
            };
            /** @description the answer that you have is still current */
            304: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description invalid-request: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description annotation-unknown: No such annotation */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-costly: The request takes too much work */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Disputes.revise": {
        parameters: {
            query?: never;
            header?: {
                /** @description identifies the command: however often it is sent, it is recorded once and gets the first answer, with no time limit */
                "Idempotency-Key"?: string;
                /** @description the ETag of the revision that you have seen, such as "3"; 412 if it has changed since */
                "If-Match"?: string;
                /** @description merge (RFC 7240): if others have changed other fields since the revision in If-Match, both changes are kept; the answer says so in Preference-Applied and in merged */
                Prefer?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
                annotation: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ReviseDispute"];
            };
        };
        responses: {
            /** @description recorded, or unchanged if nothing differed */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteAnswer"];
                };
            };
            /** @description invalid-request: The request is not valid; malformed-json: The body is not JSON; bad-precondition: If-Match is not an entity tag */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description annotation-unknown: No such annotation; incident-unknown: No such incident */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-in-progress: The same command is still running; annotation-retracted: The annotation is retracted or erased; incident-closed: The incident is closed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description revision-mismatch: It has changed since you read it */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type: The body has an unsupported type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-reused: The idempotency key belongs to another command; reference-unknown: A reference has no target; reference-of-wrong-kind: A reference has the wrong kind of target; reference-retracted: A reference is to something retracted or erased */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description precondition-required: A revision is required */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: The service is not available at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Disputes.retract": {
        parameters: {
            query?: never;
            header?: {
                /** @description identifies the command: however often it is sent, it is recorded once and gets the first answer, with no time limit */
                "Idempotency-Key"?: string;
                /** @description the ETag of the revision that you have seen, such as "3"; 412 if it has changed since */
                "If-Match"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
                annotation: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Retraction"];
            };
        };
        responses: {
            /** @description recorded, or unchanged if nothing differed */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteAnswer"];
                };
            };
            /** @description invalid-request: The request is not valid; malformed-json: The body is not JSON; bad-precondition: If-Match is not an entity tag */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description annotation-unknown: No such annotation; incident-unknown: No such incident */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-in-progress: The same command is still running; incident-closed: The incident is closed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description revision-mismatch: It has changed since you read it */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type: The body has an unsupported type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-reused: The idempotency key belongs to another command */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description precondition-required: A revision is required */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: The service is not available at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Comments.list": {
        parameters: {
            query?: {
                /** @description maximum number of items; default 100 */
                limit?: string;
                /** @description `next` of the previous page */
                cursor?: string;
                /** @description the state at this position of the ledger, at this RFC 3339 time, or at the end of this day in UTC; beyond the head, the state is that of the head, given by the answer in Ledger-Head */
                asOf?: string;
                status?: components["schemas"]["AnnotationStatus"];
                recordedBy?: components["schemas"]["KnownMemberId"];
                tag?: components["schemas"]["Tag"];
                documentId?: components["schemas"]["DocumentId"];
                /** @description only comments on this annotation, and links and disputes about it */
                targetId?: components["schemas"]["EntityId"];
                modality?: components["schemas"]["Modality"];
            };
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
                /** @description the state at this time (RFC 7089), such as Sat, 31 Jan 2026 09:30:00 GMT; asOf takes precedence */
                "Accept-Datetime"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommentPage"];
                };
            };
            /** @description invalid-request: The request is not valid; bad-cursor: The cursor is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description incident-unknown: No such incident */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-costly: The request takes too much work */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Comments.record": {
        parameters: {
            query?: never;
            header?: {
                /** @description identifies the command: however often it is sent, it is recorded once and gets the first answer, with no time limit */
                "Idempotency-Key"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MakeComment"];
            };
        };
        responses: {
            /** @description it existed already */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteAnswer"];
                };
            };
            /** @description recorded */
            201: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteAnswer"];
                };
            };
            /** @description invalid-request: The request is not valid; malformed-json: The body is not JSON; bad-precondition: If-Match is not an entity tag */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description incident-unknown: No such incident */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-in-progress: The same command is still running; incident-closed: The incident is closed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type: The body has an unsupported type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-reused: The idempotency key belongs to another command; reference-unknown: A reference has no target; reference-of-wrong-kind: A reference has the wrong kind of target; reference-retracted: A reference is to something retracted or erased */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: The service is not available at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Comments.one": {
        parameters: {
            query?: {
                /** @description the state at this position of the ledger, at this RFC 3339 time, or at the end of this day in UTC; beyond the head, the state is that of the head, given by the answer in Ledger-Head */
                asOf?: string;
            };
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
                /** @description the ETag of the answer that you have; 304 if it is still current */
                "If-None-Match"?: string;
                /** @description the state at this time (RFC 7089), such as Sat, 31 Jan 2026 09:30:00 GMT; asOf takes precedence */
                "Accept-Datetime"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
                annotation: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Comment"];
                };
            };
            /** @description the answer that you have is still current */
            304: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description invalid-request: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description annotation-unknown: No such annotation */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-costly: The request takes too much work */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Comments.revise": {
        parameters: {
            query?: never;
            header?: {
                /** @description identifies the command: however often it is sent, it is recorded once and gets the first answer, with no time limit */
                "Idempotency-Key"?: string;
                /** @description the ETag of the revision that you have seen, such as "3"; 412 if it has changed since */
                "If-Match"?: string;
                /** @description merge (RFC 7240): if others have changed other fields since the revision in If-Match, both changes are kept; the answer says so in Preference-Applied and in merged */
                Prefer?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
                annotation: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ReviseComment"];
            };
        };
        responses: {
            /** @description recorded, or unchanged if nothing differed */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteAnswer"];
                };
            };
            /** @description invalid-request: The request is not valid; malformed-json: The body is not JSON; bad-precondition: If-Match is not an entity tag */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description annotation-unknown: No such annotation; incident-unknown: No such incident */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-in-progress: The same command is still running; annotation-retracted: The annotation is retracted or erased; incident-closed: The incident is closed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description revision-mismatch: It has changed since you read it */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type: The body has an unsupported type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-reused: The idempotency key belongs to another command; reference-unknown: A reference has no target; reference-of-wrong-kind: A reference has the wrong kind of target; reference-retracted: A reference is to something retracted or erased */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description precondition-required: A revision is required */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: The service is not available at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Comments.retract": {
        parameters: {
            query?: never;
            header?: {
                /** @description identifies the command: however often it is sent, it is recorded once and gets the first answer, with no time limit */
                "Idempotency-Key"?: string;
                /** @description the ETag of the revision that you have seen, such as "3"; 412 if it has changed since */
                "If-Match"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
                annotation: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Retraction"];
            };
        };
        responses: {
            /** @description recorded, or unchanged if nothing differed */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteAnswer"];
                };
            };
            /** @description invalid-request: The request is not valid; malformed-json: The body is not JSON; bad-precondition: If-Match is not an entity tag */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description annotation-unknown: No such annotation; incident-unknown: No such incident */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-in-progress: The same command is still running; incident-closed: The incident is closed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description revision-mismatch: It has changed since you read it */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type: The body has an unsupported type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-reused: The idempotency key belongs to another command */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description precondition-required: A revision is required */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: The service is not available at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Items.list": {
        parameters: {
            query?: {
                /** @description maximum number of items; default 100 */
                limit?: string;
                /** @description `next` of the previous page */
                cursor?: string;
                /** @description the state at this position of the ledger, at this RFC 3339 time, or at the end of this day in UTC; beyond the head, the state is that of the head, given by the answer in Ledger-Head */
                asOf?: string;
                status?: components["schemas"]["AnnotationStatus"];
                recordedBy?: components["schemas"]["KnownMemberId"];
                tag?: components["schemas"]["Tag"];
                documentId?: components["schemas"]["DocumentId"];
                /** @description only comments on this annotation, and links and disputes about it */
                targetId?: components["schemas"]["EntityId"];
                modality?: components["schemas"]["Modality"];
            };
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
                /** @description the state at this time (RFC 7089), such as Sat, 31 Jan 2026 09:30:00 GMT; asOf takes precedence */
                "Accept-Datetime"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ItemPage"];
                };
            };
            /** @description invalid-request: The request is not valid; bad-cursor: The cursor is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description incident-unknown: No such incident */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-costly: The request takes too much work */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Items.record": {
        parameters: {
            query?: never;
            header?: {
                /** @description identifies the command: however often it is sent, it is recorded once and gets the first answer, with no time limit */
                "Idempotency-Key"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["KeepItem"];
            };
        };
        responses: {
            /** @description it existed already */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteAnswer"];
                };
            };
            /** @description recorded */
            201: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteAnswer"];
                };
            };
            /** @description invalid-request: The request is not valid; malformed-json: The body is not JSON; bad-precondition: If-Match is not an entity tag */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description incident-unknown: No such incident */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-in-progress: The same command is still running; incident-closed: The incident is closed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type: The body has an unsupported type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-reused: The idempotency key belongs to another command; reference-unknown: A reference has no target; reference-of-wrong-kind: A reference has the wrong kind of target; reference-retracted: A reference is to something retracted or erased */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: The service is not available at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Items.one": {
        parameters: {
            query?: {
                /** @description the state at this position of the ledger, at this RFC 3339 time, or at the end of this day in UTC; beyond the head, the state is that of the head, given by the answer in Ledger-Head */
                asOf?: string;
            };
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
                /** @description the ETag of the answer that you have; 304 if it is still current */
                "If-None-Match"?: string;
                /** @description the state at this time (RFC 7089), such as Sat, 31 Jan 2026 09:30:00 GMT; asOf takes precedence */
                "Accept-Datetime"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
                annotation: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Item"];
                };
            };
            /** @description the answer that you have is still current */
            304: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description invalid-request: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description annotation-unknown: No such annotation */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-costly: The request takes too much work */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Items.revise": {
        parameters: {
            query?: never;
            header?: {
                /** @description identifies the command: however often it is sent, it is recorded once and gets the first answer, with no time limit */
                "Idempotency-Key"?: string;
                /** @description the ETag of the revision that you have seen, such as "3"; 412 if it has changed since */
                "If-Match"?: string;
                /** @description merge (RFC 7240): if others have changed other fields since the revision in If-Match, both changes are kept; the answer says so in Preference-Applied and in merged */
                Prefer?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
                annotation: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ReviseItem"];
            };
        };
        responses: {
            /** @description recorded, or unchanged if nothing differed */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteAnswer"];
                };
            };
            /** @description invalid-request: The request is not valid; malformed-json: The body is not JSON; bad-precondition: If-Match is not an entity tag */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description annotation-unknown: No such annotation; incident-unknown: No such incident */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-in-progress: The same command is still running; annotation-retracted: The annotation is retracted or erased; incident-closed: The incident is closed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description revision-mismatch: It has changed since you read it */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type: The body has an unsupported type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-reused: The idempotency key belongs to another command; reference-unknown: A reference has no target; reference-of-wrong-kind: A reference has the wrong kind of target; reference-retracted: A reference is to something retracted or erased */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description precondition-required: A revision is required */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: The service is not available at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Items.retract": {
        parameters: {
            query?: never;
            header?: {
                /** @description identifies the command: however often it is sent, it is recorded once and gets the first answer, with no time limit */
                "Idempotency-Key"?: string;
                /** @description the ETag of the revision that you have seen, such as "3"; 412 if it has changed since */
                "If-Match"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
                annotation: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Retraction"];
            };
        };
        responses: {
            /** @description recorded, or unchanged if nothing differed */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteAnswer"];
                };
            };
            /** @description invalid-request: The request is not valid; malformed-json: The body is not JSON; bad-precondition: If-Match is not an entity tag */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description annotation-unknown: No such annotation; incident-unknown: No such incident */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-in-progress: The same command is still running; incident-closed: The incident is closed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description revision-mismatch: It has changed since you read it */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type: The body has an unsupported type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-reused: The idempotency key belongs to another command */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description precondition-required: A revision is required */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: The service is not available at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Dispute.settle": {
        parameters: {
            query?: never;
            header?: {
                /** @description identifies the command: however often it is sent, it is recorded once and gets the first answer, with no time limit */
                "Idempotency-Key"?: string;
                /** @description the ETag of the revision that you have seen, such as "3"; 412 if it has changed since */
                "If-Match"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
                annotation: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SettleDispute"];
            };
        };
        responses: {
            /** @description recorded, or unchanged if nothing differed */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteAnswer"];
                };
            };
            /** @description invalid-request: The request is not valid; malformed-json: The body is not JSON; bad-precondition: If-Match is not an entity tag */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description annotation-unknown: No such annotation; incident-unknown: No such incident */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-in-progress: The same command is still running; annotation-retracted: The annotation is retracted or erased; incident-closed: The incident is closed; dispute-not-open: The dispute is not open */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description revision-mismatch: It has changed since you read it */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type: The body has an unsupported type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-reused: The idempotency key belongs to another command; position-unknown: The dispute has no such position */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description precondition-required: A revision is required */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: The service is not available at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Dispute.withdraw": {
        parameters: {
            query?: never;
            header?: {
                /** @description identifies the command: however often it is sent, it is recorded once and gets the first answer, with no time limit */
                "Idempotency-Key"?: string;
                /** @description the ETag of the revision that you have seen, such as "3"; 412 if it has changed since */
                "If-Match"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
                annotation: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["OptionalReason"];
            };
        };
        responses: {
            /** @description recorded, or unchanged if nothing differed */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteAnswer"];
                };
            };
            /** @description invalid-request: The request is not valid; malformed-json: The body is not JSON; bad-precondition: If-Match is not an entity tag */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description annotation-unknown: No such annotation; incident-unknown: No such incident */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-in-progress: The same command is still running; annotation-retracted: The annotation is retracted or erased; incident-closed: The incident is closed; dispute-not-open: The dispute is not open */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description revision-mismatch: It has changed since you read it */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type: The body has an unsupported type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-reused: The idempotency key belongs to another command */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description precondition-required: A revision is required */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: The service is not available at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Dispute.reopen": {
        parameters: {
            query?: never;
            header?: {
                /** @description identifies the command: however often it is sent, it is recorded once and gets the first answer, with no time limit */
                "Idempotency-Key"?: string;
                /** @description the ETag of the revision that you have seen, such as "3"; 412 if it has changed since */
                "If-Match"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
                annotation: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["OptionalReason"];
            };
        };
        responses: {
            /** @description recorded, or unchanged if nothing differed */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteAnswer"];
                };
            };
            /** @description invalid-request: The request is not valid; malformed-json: The body is not JSON; bad-precondition: If-Match is not an entity tag */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description annotation-unknown: No such annotation; incident-unknown: No such incident */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-in-progress: The same command is still running; annotation-retracted: The annotation is retracted or erased; incident-closed: The incident is closed; dispute-not-settled: The dispute is not settled */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description revision-mismatch: It has changed since you read it */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type: The body has an unsupported type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-reused: The idempotency key belongs to another command */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description precondition-required: A revision is required */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: The service is not available at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Batches.send": {
        parameters: {
            query?: never;
            header?: {
                /** @description identifies the command: however often it is sent, it is recorded once and gets the first answer, with no time limit */
                "Idempotency-Key"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BatchRequest"];
            };
        };
        responses: {
            /** @description recorded, or unchanged if nothing differed */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchAnswer"];
                };
            };
            /** @description invalid-request: The request is not valid; malformed-json: The body is not JSON; bad-precondition: If-Match is not an entity tag */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description incident-unknown: No such incident; document-unknown: No such document; annotation-unknown: No such annotation */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-in-progress: The same command is still running; incident-closed: The incident is closed; document-erased: The document was erased by law; document-in-use: The document has claims; annotation-retracted: The annotation is retracted or erased; dispute-not-open: The dispute is not open; dispute-not-settled: The dispute is not settled */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description revision-mismatch: It has changed since you read it */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type: The body has an unsupported type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-reused: The idempotency key belongs to another command; document-not-attached: The document is not attached to the incident; reference-unknown: A reference has no target; reference-of-wrong-kind: A reference has the wrong kind of target; reference-retracted: A reference is to something retracted or erased; quote-not-found: The quote is not in the document; quote-ambiguous: The quote occurs more than once; quote-mismatch: Quote, position and context contradict each other; position-unknown: The dispute has no such position; field-required: A field is missing */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description precondition-required: A revision is required */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: The service is not available at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Undo.undo": {
        parameters: {
            query?: never;
            header?: {
                /** @description identifies the command: however often it is sent, it is recorded once and gets the first answer, with no time limit */
                "Idempotency-Key"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UndoRequest"];
            };
        };
        responses: {
            /** @description recorded, or unchanged if nothing differed */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UndoAnswer"];
                };
            };
            /** @description invalid-request: The request is not valid; malformed-json: The body is not JSON; bad-precondition: If-Match is not an entity tag */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description member-unknown: No such member; incident-unknown: No such incident */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-in-progress: The same command is still running; undo-conflict: Not everything can be undone */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type: The body has an unsupported type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-reused: The idempotency key belongs to another command */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: The service is not available at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Import.import": {
        parameters: {
            query?: {
                /** @description stop at the first refused line or item */
                stop?: "first";
                /** @description which tool wrote the JSON */
                from?: "hypothesis" | "recogito" | "misp";
                /** @description true: answer with the outcome for each item, but record nothing */
                dryRun?: "true" | "false";
                /** @description the document of items that do not name one, such as those of Recogito */
                document?: components["schemas"]["DocumentId"];
                /** @description for CSV: which table */
                kind?: "claims" | "warnings" | "attacks" | "links" | "disputes" | "comments" | "items" | "tolls";
                /** @description for CSV: the Casebook column for each column with a different name, as a JSON object; takes precedence over the settings of the workspace */
                columns?: string;
            };
            header?: never;
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        /** @description The format given by the media type or, for application/json, by from. JSON Lines, at most 1 MiB each: key (1 to 200 printable characters, without spaces), command (tag-claim, record-warning, record-attack, link-warning, raise-dispute, make-comment, keep-item) and body (of the route of the same purpose) */
        requestBody: {
            content: {
                "application/x-ndjson": string;
                "application/ld+json": string;
                "text/csv": string;
                "application/stix+json": string;
            };
        };
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                };
            };
            /** @description invalid-request: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description incident-unknown: No such incident */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type: The body has an unsupported type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "IncidentExports.incident": {
        parameters: {
            query?: {
                /** @description the state at this position of the ledger, at this RFC 3339 time, or at the end of this day in UTC; beyond the head, the state is that of the head, given by the answer in Ledger-Head */
                asOf?: string;
                /** @description for csv: which table */
                kind?: "claims" | "warnings" | "attacks" | "links" | "disputes" | "comments" | "items" | "tolls";
            };
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
                /** @description the ETag of the answer that you have; 304 if it is still current */
                "If-None-Match"?: string;
                /** @description the state at this time (RFC 7089), such as Sat, 31 Jan 2026 09:30:00 GMT; asOf takes precedence */
                "Accept-Datetime"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
                format: "web-annotation" | "csv" | "xlsx" | "prov" | "claimreview" | "geojson" | "stix" | "report.html" | "report.pdf";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/ld+json": string;
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                    "application/json": string;
                    "application/geo+json": string;
                    "application/stix+json": string;
                    "text/html": string;
                    "application/pdf": string;
                };
            };
            /** @description the answer that you have is still current */
            304: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description invalid-request: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description incident-unknown: No such incident */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-costly: The request takes too much work */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-available: This service does not offer it */
            501: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "IncidentExports.document": {
        parameters: {
            query?: {
                /** @description the state at this position of the ledger, at this RFC 3339 time, or at the end of this day in UTC; beyond the head, the state is that of the head, given by the answer in Ledger-Head */
                asOf?: string;
            };
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
                /** @description the ETag of the answer that you have; 304 if it is still current */
                "If-None-Match"?: string;
                /** @description the state at this time (RFC 7089), such as Sat, 31 Jan 2026 09:30:00 GMT; asOf takes precedence */
                "Accept-Datetime"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                document: components["schemas"]["DocumentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/ld+json": string;
                };
            };
            /** @description the answer that you have is still current */
            304: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description invalid-request: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description document-unknown: No such document */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Taxii.discovery": {
        parameters: {
            query?: never;
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/taxii+json": string;
                };
            };
            /** @description invalid-request: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-acceptable: Not available in this form */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Taxii.root": {
        parameters: {
            query?: never;
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/taxii+json": string;
                };
            };
            /** @description invalid-request: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-acceptable: Not available in this form */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Taxii.all": {
        parameters: {
            query?: never;
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/taxii+json": string;
                };
            };
            /** @description invalid-request: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-acceptable: Not available in this form */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Taxii.one": {
        parameters: {
            query?: never;
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/taxii+json": string;
                };
            };
            /** @description invalid-request: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description incident-unknown: No such incident */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-acceptable: Not available in this form */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Taxii.objects": {
        parameters: {
            query?: {
                /** @description only objects added after this time */
                added_after?: string;
                /** @description the number of objects, at most 1000 */
                limit?: string;
                /** @description `next` of the previous answer, with the same filters */
                next?: string;
                /** @description STIX ids, separated by commas */
                "match[id]"?: string;
                /** @description STIX types */
                "match[type]"?: string;
                /** @description first, last, all, or times; a collection has only the latest version */
                "match[version]"?: string;
                /** @description 2.0, 2.1 */
                "match[spec_version]"?: string;
            };
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/taxii+json": string;
                };
            };
            /** @description invalid-request: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description incident-unknown: No such incident */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-acceptable: Not available in this form */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Taxii.object": {
        parameters: {
            query?: {
                /** @description only objects added after this time */
                added_after?: string;
                /** @description the number of objects, at most 1000 */
                limit?: string;
                /** @description `next` of the previous answer, with the same filters */
                next?: string;
                /** @description STIX ids, separated by commas */
                "match[id]"?: string;
                /** @description STIX types */
                "match[type]"?: string;
                /** @description first, last, all, or times; a collection has only the latest version */
                "match[version]"?: string;
                /** @description 2.0, 2.1 */
                "match[spec_version]"?: string;
            };
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
                object: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/taxii+json": string;
                };
            };
            /** @description invalid-request: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description incident-unknown: No such incident; not-found: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-acceptable: Not available in this form */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Taxii.versions": {
        parameters: {
            query?: {
                /** @description only objects added after this time */
                added_after?: string;
                /** @description the number of objects, at most 1000 */
                limit?: string;
                /** @description `next` of the previous answer, with the same filters */
                next?: string;
                /** @description STIX ids, separated by commas */
                "match[id]"?: string;
                /** @description STIX types */
                "match[type]"?: string;
                /** @description first, last, all, or times; a collection has only the latest version */
                "match[version]"?: string;
                /** @description 2.0, 2.1 */
                "match[spec_version]"?: string;
            };
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
                object: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/taxii+json": string;
                };
            };
            /** @description invalid-request: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description incident-unknown: No such incident; not-found: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-acceptable: Not available in this form */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Taxii.manifest": {
        parameters: {
            query?: {
                /** @description only objects added after this time */
                added_after?: string;
                /** @description the number of objects, at most 1000 */
                limit?: string;
                /** @description `next` of the previous answer, with the same filters */
                next?: string;
                /** @description STIX ids, separated by commas */
                "match[id]"?: string;
                /** @description STIX types */
                "match[type]"?: string;
                /** @description first, last, all, or times; a collection has only the latest version */
                "match[version]"?: string;
                /** @description 2.0, 2.1 */
                "match[spec_version]"?: string;
            };
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/taxii+json": string;
                };
            };
            /** @description invalid-request: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description incident-unknown: No such incident */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-acceptable: Not available in this form */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Context.stixSchema": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/schema+json": string;
                };
            };
            /** @description invalid-request: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Context.context": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/ld+json": string;
                };
            };
            /** @description invalid-request: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "WebAnnotations.container": {
        parameters: {
            query?: {
                /** @description which page, from 0; default: the container */
                page?: string;
                /** @description 1: pages hold only the addresses of annotations */
                iris?: "0" | "1";
            };
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
                /** @description return=representation;include="http://www.w3.org/ns/oa#PreferContainedIRIs", or PreferContainedDescriptions, or http://www.w3.org/ns/ldp#PreferMinimalContainer */
                Prefer?: string;
                /** @description the ETag of the answer that you have; 304 if it is still current */
                "If-None-Match"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/ld+json": string;
                };
            };
            /** @description the answer that you have is still current */
            304: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description invalid-request: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description incident-unknown: No such incident; not-found: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "WebAnnotations.create": {
        parameters: {
            query?: never;
            header?: {
                /** @description a UUID to use as the id of the annotation, if it is free */
                Slug?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        /** @description a Web Annotation in JSON-LD */
        requestBody: {
            content: {
                "application/ld+json": Record<string, never>;
            };
        };
        responses: {
            /** @description as asked */
            201: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/ld+json": string;
                };
            };
            /** @description invalid-request: The request is not valid; malformed-json: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description incident-unknown: No such incident; document-unknown: No such document; annotation-unknown: No such annotation */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description incident-closed: The incident is closed; document-erased: The document was erased by law; document-in-use: The document has claims; annotation-retracted: The annotation is retracted or erased; dispute-not-open: The dispute is not open; dispute-not-settled: The dispute is not settled; annotation-exists: The annotation exists already */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description revision-mismatch: It has changed since you read it */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type: The body has an unsupported type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description document-not-attached: The document is not attached to the incident; reference-unknown: A reference has no target; reference-of-wrong-kind: A reference has the wrong kind of target; reference-retracted: A reference is to something retracted or erased; quote-not-found: The quote is not in the document; quote-ambiguous: The quote occurs more than once; quote-mismatch: Quote, position and context contradict each other; position-unknown: The dispute has no such position; field-required: A field is missing */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description precondition-required: A revision is required */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "WebAnnotations.one": {
        parameters: {
            query?: never;
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
                /** @description the ETag of the answer that you have; 304 if it is still current */
                "If-None-Match"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
                annotation: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/ld+json": string;
                };
            };
            /** @description the answer that you have is still current */
            304: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description invalid-request: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description incident-unknown: No such incident; annotation-unknown: No such annotation */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description gone: It was deleted */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "WebAnnotations.replace": {
        parameters: {
            query?: never;
            header?: {
                /** @description the ETag of the revision that you have seen, such as "3"; 412 if it has changed since */
                "If-Match"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
                annotation: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        /** @description a Web Annotation in JSON-LD */
        requestBody: {
            content: {
                "application/ld+json": Record<string, never>;
            };
        };
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/ld+json": string;
                };
            };
            /** @description invalid-request: The request is not valid; malformed-json: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description incident-unknown: No such incident; document-unknown: No such document; annotation-unknown: No such annotation */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description incident-closed: The incident is closed; document-erased: The document was erased by law; document-in-use: The document has claims; annotation-retracted: The annotation is retracted or erased; dispute-not-open: The dispute is not open; dispute-not-settled: The dispute is not settled; annotation-fixed: This cannot be changed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description gone: It was deleted */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description revision-mismatch: It has changed since you read it
             *
             *     revision-mismatch: It has changed since you read it
             */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type: The body has an unsupported type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description document-not-attached: The document is not attached to the incident; reference-unknown: A reference has no target; reference-of-wrong-kind: A reference has the wrong kind of target; reference-retracted: A reference is to something retracted or erased; quote-not-found: The quote is not in the document; quote-ambiguous: The quote occurs more than once; quote-mismatch: Quote, position and context contradict each other; position-unknown: The dispute has no such position; field-required: A field is missing */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description precondition-required: A revision is required
             *
             *     precondition-required: A revision is required
             */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "WebAnnotations.remove": {
        parameters: {
            query?: never;
            header?: {
                /** @description the ETag of the revision that you have seen, such as "3"; 412 if it has changed since */
                "If-Match"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
                annotation: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            204: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description invalid-request: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description incident-unknown: No such incident; document-unknown: No such document; annotation-unknown: No such annotation */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description incident-closed: The incident is closed; document-erased: The document was erased by law; document-in-use: The document has claims; annotation-retracted: The annotation is retracted or erased; dispute-not-open: The dispute is not open; dispute-not-settled: The dispute is not settled */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description gone: It was deleted */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description revision-mismatch: It has changed since you read it
             *
             *     revision-mismatch: It has changed since you read it
             */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description document-not-attached: The document is not attached to the incident; reference-unknown: A reference has no target; reference-of-wrong-kind: A reference has the wrong kind of target; reference-retracted: A reference is to something retracted or erased; quote-not-found: The quote is not in the document; quote-ambiguous: The quote occurs more than once; quote-mismatch: Quote, position and context contradict each other; position-unknown: The dispute has no such position; field-required: A field is missing */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description precondition-required: A revision is required
             *
             *     precondition-required: A revision is required
             */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Changes.difference": {
        parameters: {
            query: {
                /** @description the earlier position or time; 0 is before the first event */
                from: string;
                /** @description the later position or time; default: now */
                to?: string;
            };
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncidentDifference"];
                };
            };
            /** @description invalid-request: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description incident-unknown: No such incident */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-costly: The request takes too much work */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Changes.blame": {
        parameters: {
            query?: {
                /** @description the state at this position of the ledger, at this RFC 3339 time, or at the end of this day in UTC; beyond the head, the state is that of the head, given by the answer in Ledger-Head */
                asOf?: string;
            };
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
                /** @description the state at this time (RFC 7089), such as Sat, 31 Jan 2026 09:30:00 GMT; asOf takes precedence */
                "Accept-Datetime"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
                annotation: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Blame"];
                };
            };
            /** @description invalid-request: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description annotation-unknown: No such annotation */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-costly: The request takes too much work */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "WorkspaceDifference.difference": {
        parameters: {
            query: {
                /** @description the earlier position or time; 0 is before the first event */
                from: string;
                /** @description the later position or time; default: now */
                to?: string;
                /** @description maximum number of items; default 20 */
                limit?: string;
                /** @description `next` of the previous page */
                cursor?: string;
            };
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkspaceDifference"];
                };
            };
            /** @description invalid-request: The request is not valid; bad-cursor: The cursor is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-costly: The request takes too much work */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Timemap.timemap": {
        parameters: {
            query?: {
                /** @description maximum number of items; default 100 */
                limit?: string;
                /** @description items above this position */
                after?: string;
                /** @description `next` of the previous page, or a position; takes precedence over `after` */
                cursor?: string;
            };
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/link-format": string;
                };
            };
            /** @description invalid-request: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description incident-unknown: No such incident */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Analysis.sources": {
        parameters: {
            query?: {
                /** @description the state at this position of the ledger, at this RFC 3339 time, or at the end of this day in UTC; beyond the head, the state is that of the head, given by the answer in Ledger-Head */
                asOf?: string;
                /** @description only about this claim, dispute, warning, attack or link */
                annotationId?: components["schemas"]["EntityId"];
            };
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
                /** @description the ETag of the answer that you have; 304 if it is still current */
                "If-None-Match"?: string;
                /** @description the state at this time (RFC 7089), such as Sat, 31 Jan 2026 09:30:00 GMT; asOf takes precedence */
                "Accept-Datetime"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sources"];
                };
            };
            /** @description the answer that you have is still current */
            304: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description invalid-request: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description incident-unknown: No such incident */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-costly: The request takes too much work */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Analysis.casualties": {
        parameters: {
            query?: {
                /** @description the state at this position of the ledger, at this RFC 3339 time, or at the end of this day in UTC; beyond the head, the state is that of the head, given by the answer in Ledger-Head */
                asOf?: string;
            };
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
                /** @description the ETag of the answer that you have; 304 if it is still current */
                "If-None-Match"?: string;
                /** @description the state at this time (RFC 7089), such as Sat, 31 Jan 2026 09:30:00 GMT; asOf takes precedence */
                "Accept-Datetime"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CasualtyLedger"];
                };
            };
            /** @description the answer that you have is still current */
            304: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description invalid-request: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description incident-unknown: No such incident */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-costly: The request takes too much work */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Analysis.scorecard": {
        parameters: {
            query?: {
                /** @description the state at this position of the ledger, at this RFC 3339 time, or at the end of this day in UTC; beyond the head, the state is that of the head, given by the answer in Ledger-Head */
                asOf?: string;
            };
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
                /** @description the ETag of the answer that you have; 304 if it is still current */
                "If-None-Match"?: string;
                /** @description the state at this time (RFC 7089), such as Sat, 31 Jan 2026 09:30:00 GMT; asOf takes precedence */
                "Accept-Datetime"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WarningScorecard"];
                };
            };
            /** @description the answer that you have is still current */
            304: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description invalid-request: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description incident-unknown: No such incident */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-costly: The request takes too much work */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Analysis.timeline": {
        parameters: {
            query?: {
                /** @description the state at this position of the ledger, at this RFC 3339 time, or at the end of this day in UTC; beyond the head, the state is that of the head, given by the answer in Ledger-Head */
                asOf?: string;
            };
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
                /** @description the ETag of the answer that you have; 304 if it is still current */
                "If-None-Match"?: string;
                /** @description the state at this time (RFC 7089), such as Sat, 31 Jan 2026 09:30:00 GMT; asOf takes precedence */
                "Accept-Datetime"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Timeline"];
                };
            };
            /** @description the answer that you have is still current */
            304: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description invalid-request: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description incident-unknown: No such incident */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-costly: The request takes too much work */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Analysis.graph": {
        parameters: {
            query?: {
                /** @description the state at this position of the ledger, at this RFC 3339 time, or at the end of this day in UTC; beyond the head, the state is that of the head, given by the answer in Ledger-Head */
                asOf?: string;
            };
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
                /** @description the ETag of the answer that you have; 304 if it is still current */
                "If-None-Match"?: string;
                /** @description the state at this time (RFC 7089), such as Sat, 31 Jan 2026 09:30:00 GMT; asOf takes precedence */
                "Accept-Datetime"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncidentGraph"];
                };
            };
            /** @description the answer that you have is still current */
            304: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description invalid-request: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description incident-unknown: No such incident */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-costly: The request takes too much work */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Analysis.suggestions": {
        parameters: {
            query?: {
                /** @description the state at this position of the ledger, at this RFC 3339 time, or at the end of this day in UTC; beyond the head, the state is that of the head, given by the answer in Ledger-Head */
                asOf?: string;
                state?: components["schemas"]["SuggestionState"];
            };
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
                /** @description the ETag of the answer that you have; 304 if it is still current */
                "If-None-Match"?: string;
                /** @description the state at this time (RFC 7089), such as Sat, 31 Jan 2026 09:30:00 GMT; asOf takes precedence */
                "Accept-Datetime"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Suggestions"];
                };
            };
            /** @description the answer that you have is still current */
            304: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description invalid-request: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description incident-unknown: No such incident */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-costly: The request takes too much work */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Analysis.accept": {
        parameters: {
            query?: never;
            header?: {
                /** @description identifies the command: however often it is sent, it is recorded once and gets the first answer, with no time limit */
                "Idempotency-Key"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
                suggestion: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["AcceptSuggestion"];
            };
        };
        responses: {
            /** @description recorded, or unchanged if nothing differed */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DecidedSuggestion"];
                };
            };
            /** @description invalid-request: The request is not valid; malformed-json: The body is not JSON; bad-precondition: If-Match is not an entity tag */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description incident-unknown: No such incident; suggestion-unknown: No such suggestion */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-in-progress: The same command is still running; incident-closed: The incident is closed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type: The body has an unsupported type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-reused: The idempotency key belongs to another command */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: The service is not available at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Analysis.dismiss": {
        parameters: {
            query?: never;
            header?: {
                /** @description identifies the command: however often it is sent, it is recorded once and gets the first answer, with no time limit */
                "Idempotency-Key"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
                suggestion: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DismissSuggestion"];
            };
        };
        responses: {
            /** @description recorded, or unchanged if nothing differed */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DecidedSuggestion"];
                };
            };
            /** @description invalid-request: The request is not valid; malformed-json: The body is not JSON; bad-precondition: If-Match is not an entity tag */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description incident-unknown: No such incident; suggestion-unknown: No such suggestion */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-in-progress: The same command is still running; incident-closed: The incident is closed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type: The body has an unsupported type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-reused: The idempotency key belongs to another command */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: The service is not available at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Board.disputes": {
        parameters: {
            query?: {
                /** @description maximum number of items; default 100 */
                limit?: string;
                /** @description `next` of the previous page */
                cursor?: string;
                /** @description the state at this position of the ledger, at this RFC 3339 time, or at the end of this day in UTC; beyond the head, the state is that of the head, given by the answer in Ledger-Head */
                asOf?: string;
                state?: "open" | "resolved" | "reopened" | "withdrawn";
                owner?: components["schemas"]["KnownMemberId"];
                incidentId?: components["schemas"]["EntityId"];
            };
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
                /** @description the state at this time (RFC 7089), such as Sat, 31 Jan 2026 09:30:00 GMT; asOf takes precedence */
                "Accept-Datetime"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DisputeBoardPage"];
                };
            };
            /** @description invalid-request: The request is not valid; bad-cursor: The cursor is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-costly: The request takes too much work */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Board.activity": {
        parameters: {
            query?: {
                /** @description maximum number of items; default 100 */
                limit?: string;
                /** @description `next` of the previous page */
                cursor?: string;
                /** @description the state at this position of the ledger, at this RFC 3339 time, or at the end of this day in UTC; beyond the head, the state is that of the head, given by the answer in Ledger-Head */
                asOf?: string;
                member?: components["schemas"]["KnownMemberId"];
                incidentId?: components["schemas"]["EntityId"];
                kind?: components["schemas"]["ActivityKind"];
                from?: string;
                to?: string;
            };
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
                /** @description the state at this time (RFC 7089), such as Sat, 31 Jan 2026 09:30:00 GMT; asOf takes precedence */
                "Accept-Datetime"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ActivityPage"];
                };
            };
            /** @description invalid-request: The request is not valid; bad-cursor: The cursor is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-costly: The request takes too much work */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Search.search": {
        parameters: {
            query?: {
                /** @description words that must all occur, "words in a row", warn* for any ending, -word to exclude */
                q?: string;
                /** @description the same, in names only: asserters, publishers, issuers, recipients, actors, claimants */
                person?: string;
                /** @description the same, in the places of attacks only */
                place?: string;
                kind?: components["schemas"]["SearchedKind"];
                /** @description for claims, in the letters as typed */
                tag?: components["schemas"]["Tag"];
                /** @description recorded or last changed by this member */
                member?: components["schemas"]["KnownMemberId"];
                state?: "active" | "retracted" | "open" | "resolved" | "reopened" | "withdrawn" | "closed";
                /** @description the incident and its annotations, without its documents */
                incidentId?: components["schemas"]["EntityId"];
                /** @description last changed at this time or later */
                from?: string;
                /** @description last changed at this time or before */
                to?: string;
                /** @description default: relevance; without words, the order is always newest */
                sort?: "relevance" | "newest";
                /** @description the state at this position of the ledger, at this RFC 3339 time, or at the end of this day in UTC; beyond the head, the state is that of the head, given by the answer in Ledger-Head */
                asOf?: string;
                /** @description maximum number of items; default 20 */
                limit?: string;
                /** @description `next` of the previous page */
                cursor?: string;
            };
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
                /** @description the state at this time (RFC 7089), such as Sat, 31 Jan 2026 09:30:00 GMT; asOf takes precedence */
                "Accept-Datetime"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchResults"];
                };
            };
            /** @description invalid-request: The request is not valid; bad-cursor: The cursor is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-costly: The request takes too much work */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Ledger.audit": {
        parameters: {
            query?: {
                /** @description maximum number of items; default 100 */
                limit?: string;
                /** @description items above this position */
                after?: string;
                /** @description `next` of the previous page, or a position; takes precedence over `after` */
                cursor?: string;
                actor?: components["schemas"]["KnownMemberId"];
                annotationId?: components["schemas"]["EntityId"];
                incidentId?: components["schemas"]["EntityId"];
                /** @description the event type, such as ClaimTagged */
                type?: "IncidentOpened" | "IncidentRevised" | "IncidentClosed" | "IncidentReopened" | "IncidentRestricted" | "IncidentUnrestricted" | "DocumentAttached" | "DocumentDetached" | "ClaimTagged" | "ClaimRevised" | "ClaimRetracted" | "ClaimReinstated" | "WarningRecorded" | "WarningRevised" | "WarningRetracted" | "WarningReinstated" | "AttackRecorded" | "AttackRevised" | "AttackRetracted" | "AttackReinstated" | "WarningLinked" | "LinkRevised" | "LinkRetracted" | "LinkReinstated" | "DisputeRaised" | "DisputeRevised" | "DisputeRetracted" | "DisputeReinstated" | "CommentMade" | "CommentRevised" | "CommentRetracted" | "CommentReinstated" | "ItemKept" | "ItemRevised" | "ItemRetracted" | "ItemReinstated" | "DisputeSettled" | "DisputeWithdrawn" | "DisputeReopened" | "DisputeRestored" | "SuggestionAccepted" | "SuggestionDismissed" | "DocumentImported" | "DocumentDescribed" | "OriginalKept" | "WorkspaceOpened" | "WorkspaceConfigured" | "WorkspaceRestored" | "MemberAdded" | "MemberRevised" | "MemberRemoved" | "TokenIssued" | "TokenRevoked" | "PayloadErased";
                from?: string;
                to?: string;
                /** @description the state at this position of the ledger, at this RFC 3339 time, or at the end of this day in UTC; beyond the head, the state is that of the head, given by the answer in Ledger-Head */
                asOf?: string;
            };
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
                /** @description the state at this time (RFC 7089), such as Sat, 31 Jan 2026 09:30:00 GMT; asOf takes precedence */
                "Accept-Datetime"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditPage"];
                };
            };
            /** @description invalid-request: The request is not valid; bad-cursor: The cursor is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-costly: The request takes too much work */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Ledger.events": {
        parameters: {
            query?: {
                /** @description maximum number of items; default 100 */
                limit?: string;
                /** @description items above this position */
                after?: string;
                /** @description `next` of the previous page, or a position; takes precedence over `after` */
                cursor?: string;
                incidentId?: components["schemas"]["EntityId"];
                /** @description the event type, such as ClaimTagged */
                type?: "IncidentOpened" | "IncidentRevised" | "IncidentClosed" | "IncidentReopened" | "IncidentRestricted" | "IncidentUnrestricted" | "DocumentAttached" | "DocumentDetached" | "ClaimTagged" | "ClaimRevised" | "ClaimRetracted" | "ClaimReinstated" | "WarningRecorded" | "WarningRevised" | "WarningRetracted" | "WarningReinstated" | "AttackRecorded" | "AttackRevised" | "AttackRetracted" | "AttackReinstated" | "WarningLinked" | "LinkRevised" | "LinkRetracted" | "LinkReinstated" | "DisputeRaised" | "DisputeRevised" | "DisputeRetracted" | "DisputeReinstated" | "CommentMade" | "CommentRevised" | "CommentRetracted" | "CommentReinstated" | "ItemKept" | "ItemRevised" | "ItemRetracted" | "ItemReinstated" | "DisputeSettled" | "DisputeWithdrawn" | "DisputeReopened" | "DisputeRestored" | "SuggestionAccepted" | "SuggestionDismissed" | "DocumentImported" | "DocumentDescribed" | "OriginalKept" | "WorkspaceOpened" | "WorkspaceConfigured" | "WorkspaceRestored" | "MemberAdded" | "MemberRevised" | "MemberRemoved" | "TokenIssued" | "TokenRevoked" | "PayloadErased";
                /** @description for the live feed: where its reader is (`incidents/{id}`, `incidents/{id}/documents/{id}`, or empty for nowhere in particular). It is shown to other readers who give theirs, and the feed then sends the readers present, in events named `present` without an id */
                here?: string;
            };
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
                /** @description for the live feed: the id of the last event that you have; takes precedence over `cursor` and `after` */
                "Last-Event-ID"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventPage"];
                };
            };
            /** @description invalid-request: The request is not valid; bad-cursor: The cursor is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-costly: The request takes too much work */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Ledger.tags": {
        parameters: {
            query?: {
                /** @description maximum number of items; default 100 */
                limit?: string;
                /** @description `next` of the previous page */
                cursor?: string;
                /** @description the state at this position of the ledger, at this RFC 3339 time, or at the end of this day in UTC; beyond the head, the state is that of the head, given by the answer in Ledger-Head */
                asOf?: string;
                incidentId?: components["schemas"]["EntityId"];
                prefix?: string;
            };
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
                /** @description the state at this time (RFC 7089), such as Sat, 31 Jan 2026 09:30:00 GMT; asOf takes precedence */
                "Accept-Datetime"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TagPage"];
                };
            };
            /** @description invalid-request: The request is not valid; bad-cursor: The cursor is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-costly: The request takes too much work */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Transparency.checkpoint": {
        parameters: {
            query?: {
                /** @description true: the latest checkpoint that enough witnesses have cosigned */
                witnessed?: "true";
            };
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description invalid-request: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment; unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Transparency.verifierKey": {
        parameters: {
            query?: never;
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description invalid-request: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Transparency.entries": {
        parameters: {
            query?: never;
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                /** @description N[.p/W], such as x001/234 or 002.p/17 */
                path: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description invalid-request: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Transparency.tile": {
        parameters: {
            query?: never;
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                level: string;
                /** @description N[.p/W], such as x001/234 or 002.p/17 */
                path: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description invalid-request: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Transparency.inclusion": {
        parameters: {
            query?: {
                /** @description size of the tree; default: the latest */
                size?: string;
            };
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                position: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InclusionProof"];
                };
            };
            /** @description invalid-request: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-costly: The request takes too much work */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Transparency.offline": {
        parameters: {
            query?: {
                /** @description true: the latest checkpoint that enough witnesses have cosigned */
                witnessed?: "true";
            };
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                position: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description invalid-request: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Transparency.consistency": {
        parameters: {
            query: {
                from: string;
                /** @description default: the latest */
                to?: string;
            };
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsistencyProof"];
                };
            };
            /** @description invalid-request: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-costly: The request takes too much work */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Export.export": {
        parameters: {
            query?: {
                /** @description the position of the last event received before the export broke off */
                after?: string;
                /** @description a size of the ledger at which a checkpoint was signed; default: the latest */
                to?: string;
            };
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                };
            };
            /** @description invalid-request: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description export-overtaken: Something in the export has since been erased */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Erasures.erase": {
        parameters: {
            query?: never;
            header?: {
                /** @description identifies the command: however often it is sent, it is recorded once and gets the first answer, with no time limit */
                "Idempotency-Key"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ErasePayloads"];
            };
        };
        responses: {
            /** @description it existed already */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErasureAnswer"];
                };
            };
            /** @description recorded */
            201: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErasureAnswer"];
                };
            };
            /** @description invalid-request: The request is not valid; malformed-json: The body is not JSON; bad-precondition: If-Match is not an entity tag */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description event-unknown: No such event */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-in-progress: The same command is still running; event-not-erasable: The event cannot be erased */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type: The body has an unsupported type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-reused: The idempotency key belongs to another command */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: The service is not available at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Projections.list": {
        parameters: {
            query?: never;
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Projections"];
                };
            };
            /** @description invalid-request: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-costly: The request takes too much work */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Projections.rebuild": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                view: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description started */
            202: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Projection"];
                };
            };
            /** @description invalid-request: The request is not valid; malformed-json: The body is not JSON; bad-precondition: If-Match is not an entity tag */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-in-progress: The same command is still running; rebuild-refused: The view cannot be rebuilt at the moment */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type: The body has an unsupported type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-reused: The idempotency key belongs to another command */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: The service is not available at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Projections.undo": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                view: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UndoneRebuild"];
                };
            };
            /** @description invalid-request: The request is not valid; malformed-json: The body is not JSON; bad-precondition: If-Match is not an entity tag */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-in-progress: The same command is still running; rebuild-refused: The view cannot be rebuilt at the moment */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type: The body has an unsupported type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-reused: The idempotency key belongs to another command */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: The service is not available at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "IncidentProof.proof": {
        parameters: {
            query?: never;
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                incident: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncidentProof"];
                };
            };
            /** @description invalid-request: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description incident-unknown: No such incident */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-costly: The request takes too much work */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Refusals.list": {
        parameters: {
            query?: {
                /** @description maximum number of items; default 100 */
                limit?: string;
                /** @description `next` of the previous page */
                cursor?: string;
            };
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefusalPage"];
                };
            };
            /** @description invalid-request: The request is not valid; bad-cursor: The cursor is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-costly: The request takes too much work */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Webhooks.list": {
        parameters: {
            query?: never;
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookPage"];
                };
            };
            /** @description invalid-request: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-costly: The request takes too much work */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Webhooks.make": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: components["schemas"]["WorkspaceId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MakeWebhook"];
            };
        };
        responses: {
            /** @description created */
            201: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MadeWebhook"];
                };
            };
            /** @description invalid-request: The request is not valid; malformed-json: The body is not JSON; bad-precondition: If-Match is not an entity tag */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-in-progress: The same command is still running */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type: The body has an unsupported type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-reused: The idempotency key belongs to another command */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: The service is not available at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Webhooks.remove": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                webhook: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            204: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description invalid-request: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Webhooks.redeliver": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                webhook: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RedeliverWebhook"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description invalid-request: The request is not valid; malformed-json: The body is not JSON; bad-precondition: If-Match is not an entity tag */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-in-progress: The same command is still running */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description body-too-large: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type: The body has an unsupported type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description key-reused: The idempotency key belongs to another command */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable: The service is not available at the moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "Webhooks.deadLetters": {
        parameters: {
            query?: never;
            header?: {
                /** @description a position that the answer must reflect, such as that of your last write; the request waits for it (5 s, or as long as Prefer: wait=… says, at most 30), then answers 503 */
                "Ledger-Position-At-Least"?: string;
            };
            path: {
                workspace: components["schemas"]["WorkspaceId"];
                webhook: components["schemas"]["EntityId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as asked */
            200: {
                headers: {
                    /** @description the answer includes every event up to this position of the ledger, and possibly later ones */
                    "Ledger-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadLetterPage"];
                };
            };
            /** @description invalid-request: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthenticated: Authentication is required */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-permitted: Your role does not permit this; wrong-workspace: The token is not for this workspace */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-found: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description uri-too-long: The address is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-costly: The request takes too much work */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal-error: The service failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description unavailable: The service is not available at the moment
             *
             *     position-not-reached: The position has not been reached yet; unavailable: The service is not available at the moment
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
