import { answerOf, Casebook } from '@casebook/client';

/** Imports a document, opens an incident, tags a claim in the text and reads the incident back. */
export async function recordAClaim(url: string, token: string) {
  const { api } = new Casebook({ url, token });
  const workspace = 'default';

  const text = 'At least nine people were killed on Tuesday, the health ministry said.';
  const document = await answerOf(
    api.POST('/v1/workspaces/{workspace}/documents', {
      params: { path: { workspace } },
      body: { title: 'First report', publisher: 'The Halvane Courier', text },
    }),
  );
  const incident = await answerOf(
    api.POST('/v1/workspaces/{workspace}/incidents', {
      params: { path: { workspace } },
      body: { title: 'The blast at the salt market' },
    }),
  );
  const path = { workspace, incident: incident.id };
  await answerOf(
    api.POST('/v1/workspaces/{workspace}/incidents/{incident}/documents', {
      params: { path },
      body: { documentId: document.id },
    }),
  );
  await answerOf(
    api.POST('/v1/workspaces/{workspace}/incidents/{incident}/claims', {
      params: { path },
      body: {
        anchor: { documentId: document.id, exact: 'nine people were killed' },
        asserters: [{ name: 'Ministry of Health', kind: 'named' }],
        figure: { counts: 'killed', min: 9, max: null, asPrinted: 'At least nine' },
      },
    }),
  );
  return answerOf(api.GET('/v1/workspaces/{workspace}/incidents/{incident}', { params: { path } }));
}
