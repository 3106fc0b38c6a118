import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { SessionProvider, useSession } from './data/session.js';
import { Frame } from './frame/frame.js';
import { Pages } from './pages/pages.js';
import { SignInPage } from './pages/sign-in/sign-in-page.js';
import { ToastProvider } from './parts/toast.js';

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // The API client itself retries what may be retried.
      retry: false,
      refetchOnWindowFocus: false,
    },
  },
});

function Entrance() {
  const { session } = useSession();
  if (session === undefined) return null;
  if (session === null) return <SignInPage />;
  return (
    <Frame>
      <Pages />
    </Frame>
  );
}

export function App() {
  return (
    <QueryClientProvider client={queries}>
      <SessionProvider>
        <ToastProvider>
          <Entrance />
        </ToastProvider>
      </SessionProvider>
    </QueryClientProvider>
  );
}
