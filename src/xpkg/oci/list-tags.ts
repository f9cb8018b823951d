import { type Session } from "./session.js";
import { drop } from "./transport.js";

/** The tags of a session's repository, page by page. A repository that is not there has none. */
export async function listTags(session: Session): Promise<readonly string[]> {
  const tags: string[] = [];
  let path: string | URL | undefined = "tags/list?n=1000";
  while (path !== undefined) {
    const page: Page = await readPage(session, path);
    tags.push(...page.tags);
    path = page.next;
  }
  return tags;
}

interface Page {
  readonly tags: readonly string[];
  readonly next: URL | undefined;
}

function readPage(session: Session, path: string | URL): Promise<Page> {
  return session.retrying(async () => {
    const response = await session.send({ method: "GET", path });
    if (response.status === 404) {
      await drop(response);
      return { tags: [], next: undefined };
    }
    if (!response.ok) throw await session.refused(response);
    const { tags } = (await response.json()) as { readonly tags?: readonly string[] | null };
    return { tags: tags ?? [], next: nextOf(response) };
  });
}

/** `Link: </v2/acme/app/tags/list?n=1000&last=v9>; rel="next"` */
function nextOf(response: Response): URL | undefined {
  const [, target] = /<([^>]*)>\s*;\s*rel="?next"?/.exec(response.headers.get("link") ?? "") ?? [];
  return target === undefined ? undefined : new URL(target, response.url);
}
