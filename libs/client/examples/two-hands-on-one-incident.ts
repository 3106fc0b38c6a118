import { answerOf, Casebook, ProblemAnswer } from '@casebook/client';

/** Revises only what was read: who comes second is told what changed in between, and by whom, and loses nothing. */
export async function reviseAfterSomebodyElse(url: string, mine: string, theirs: string, incident: string) {
  const me = new Casebook({ url, token: mine });
  const somebody = new Casebook({ url, token: theirs });
  const path = { workspace: 'default', incident };
  const route = '/v1/workspaces/{workspace}/incidents/{incident}';

  const read = await me.api.GET(route, { params: { path } });
  const etag = read.response.headers.get('etag') ?? '';
  await answerOf(somebody.api.PATCH(route, { params: { path }, body: { summary: 'As the inquiry found.' } }));
  try {
    await answerOf(
      me.api.PATCH(route, {
        params: { path, header: { 'If-Match': etag } },
        body: { summary: 'As I read it.' },
      }),
    );
    return null;
  } catch (error) {
    if (!(error instanceof ProblemAnswer) || error.code !== 'revision-mismatch') throw error;
    return error.problem['changes'];
  }
}
