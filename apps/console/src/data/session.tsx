import {
  type Credentials,
  currentSession,
  type CurrentSession,
  type ProviderOffer,
  type Session,
  signIn,
  signOut,
} from '@casebook/client';
import { useQueryClient } from '@tanstack/react-query';
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useAddress } from '../address/address.js';
import { onSignedOut } from './casebook.js';
import { providerReturn } from './provider.js';
import { onSessionNews, tellOthers } from './session-news.js';

export type { Session };

interface SessionState {
  /** The signed-in member; `undefined` until the service has answered; null: nobody. */
  readonly session: Session | null | undefined;
  /** The session of this page has ended: the token was revoked or expired. */
  readonly ended: boolean;
  /** How to sign in through the identity provider, if one is set up. */
  readonly provider: ProviderOffer | null;
  readonly enter: (credentials: Credentials) => Promise<void>;
  readonly leave: () => Promise<void>;
  /** Opens another workspace of the same token by reloading the page. */
  readonly moveTo: (workspace: string) => Promise<void>;
}

const Context = createContext<SessionState | null>(null);
const { origin } = window.location;

/** The one-time code in the fragment of the address printed by a first start; removed from the address at once. */
function takeCode(): string | undefined {
  const code = /^#sign-in=([\w-]+)$/.exec(window.location.hash)?.[1];
  if (code !== undefined)
    window.history.replaceState(null, '', window.location.pathname + window.location.search);
  return code;
}
const code = takeCode();

/** Signs in with the code of the address or of the provider, or finds out who is already signed in. */
async function begin(): Promise<CurrentSession> {
  const credentials = code === undefined ? providerReturn() : { code };
  if (credentials === undefined) return currentSession(origin);
  return signIn(origin, credentials).then(
    (session) => ({ session }),
    () => currentSession(origin),
  );
}
let begun: Promise<CurrentSession> | undefined;

/** Asks the service who is signed in when another window reports a change, since its message may be older than the cookie. */
function useSessionNews(
  session: Session | null | undefined,
  end: () => void,
  begin: (session: Session) => void,
): void {
  const handlers = useRef({ session, end, begin });
  useEffect(() => {
    handlers.current = { session, end, begin };
  });
  useEffect(
    () =>
      onSessionNews(() => {
        const follow = (now: Session | null): void => {
          const { session: shown, end: leave, begin: enter } = handlers.current;
          if (now === null) leave();
          else if (shown == null) enter(now);
          // This window shows another workspace or another member.
          else if (!isSame(shown, now)) window.location.assign('/');
        };
        currentSession(origin).then(
          ({ session: now }) => follow(now),
          () => follow(null),
        );
      }),
    [],
  );
}

const isSame = (one: Session, other: Session): boolean =>
  one.workspace === other.workspace && one.member.id === other.member.id;

export function SessionProvider({ children }: { readonly children: ReactNode }) {
  const [session, setSession] = useState<Session | null | undefined>(undefined);
  const [provider, setProvider] = useState<ProviderOffer | null>(null);
  const [ended, setEnded] = useState(false);
  const queries = useQueryClient();

  useEffect(() => {
    // Only once, however often React mounts: a code is valid for one sign-in.
    const once = (begun ??= begin());
    const follow = async (): Promise<void> => {
      const found = await once.catch((): CurrentSession => ({ session: null }));
      setSession(found.session);
      setProvider(found.provider ?? null);
    };
    void follow();
  }, []);
  const end = useCallback(() => {
    setSession((current) => {
      if (current != null) setEnded(true);
      return null;
    });
  }, []);
  useEffect(
    () =>
      onSignedOut(() => {
        tellOthers();
        end();
      }),
    [end],
  );
  useSessionNews(session, end, (now) => {
    setEnded(false);
    setSession(now);
  });

  const enter = useCallback(
    async (credentials: Credentials) => {
      const next = await signIn(origin, credentials);
      queries.clear();
      setEnded(false);
      setSession(next);
      tellOthers();
    },
    [queries],
  );
  const leave = useCallback(async () => {
    await signOut(origin);
    tellOthers();
    setProvider((await currentSession(origin)).provider ?? null);
    queries.clear();
    setSession(null);
  }, [queries]);

  const moveTo = useCallback(async (workspace: string) => {
    await signIn(origin, { workspace });
    tellOthers();
    // The last subject of this tab belongs to the other workspace.
    sessionStorage.clear();
    window.location.assign('/');
  }, []);

  const state = useMemo(
    () => ({ session, ended, provider, enter, leave, moveTo }),
    [session, ended, provider, enter, leave, moveTo],
  );
  return <Context value={state}>{children}</Context>;
}

export function useSession(): SessionState {
  const state = useContext(Context);
  if (state === null) throw new Error('useSession outside of SessionProvider');
  return state;
}

/** The signed-in member; only inside the frame, which is shown to nobody else. */
export function useMe(): Session {
  const { session } = useSession();
  if (session == null) throw new Error('nobody is signed in');
  return session;
}

type Permission = 'read' | 'annotate' | 'adjudicate' | 'oversee' | 'administer';
const PERMITTED: Readonly<Record<Session['role'], readonly Permission[]>> = {
  reader: ['read'],
  annotator: ['read', 'annotate'],
  adjudicator: ['read', 'annotate', 'adjudicate'],
  auditor: ['read', 'oversee'],
  admin: ['read', 'annotate', 'adjudicate', 'oversee', 'administer'],
};

/** Whether to offer an action; the service decides. */
export function useMay(permission: Permission): boolean {
  const { role, permissions } = useMe();
  return PERMITTED[role].includes(permission) && (permissions === null || permissions.includes(permission));
}

/** Whether to offer writes: the member may annotate, and the page shows now. */
export function useWriting(): boolean {
  const { asOf } = useAddress();
  return useMay('annotate') && asOf === undefined;
}
