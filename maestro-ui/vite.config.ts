import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// With `npm run dev`, everything but the pages themselves comes from a running ./maestro dev.
export default defineConfig({
  plugins: [react()],
  build: {
    outDir: 'target/ui',
    emptyOutDir: true,
    // What is not a file of its own is forbidden by the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1600,
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
});
