import '@mantine/core/styles.css';
import '@mantine/spotlight/styles.css';
import './app/theme.css';
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import { Refusal } from './api/client';
import { router } from './app/router';
import { theme } from './app/theme';
import { text } from './text/text';
import { ZoneProvider } from './time/zone';

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 1_000,
      // What is refused stays refused; a server that is away comes back.
      retry: (failures, error) => !(error instanceof Refusal && error.status < 500) && failures < 2,
      refetchIntervalInBackground: false,
    },
  },
});

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <I18nextProvider i18n={text}>
        {/* Its variables come with its sheet: style elements are forbidden. */}
        <MantineProvider theme={theme} defaultColorScheme="auto" withCssVariables={false} withGlobalClasses={false}>
          <QueryClientProvider client={queries}>
            <ZoneProvider>
              <RouterProvider router={router} />
            </ZoneProvider>
          </QueryClientProvider>
        </MantineProvider>
      </I18nextProvider>
    </StrictMode>,
  );
}
