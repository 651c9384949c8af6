/** Milliseconds between two tries. */
const REST = 1_000;

/** A page is not loaded anew twice within so many milliseconds. */
const ONCE = 60_000;

const RELOADED = 'maestro.reloaded';

/**
 * A part of these pages that is loaded when it is first needed. While the server doesn't answer it is tried again. What a
 * server that answers doesn't have is of a build before it: then the whole page is loaded anew, once.
 */
export async function part<T>(load: () => Promise<T>): Promise<T> {
  for (let refused = false; ; await new Promise((resolve) => setTimeout(resolve, REST))) {
    try {
      return await load();
    } catch (error) {
      const answers = await fetch('/api/v3/info').then(
        () => true,
        () => false,
      );
      if (answers && refused) {
        if (Date.now() - Number(sessionStorage.getItem(RELOADED)) < ONCE) {
          throw error;
        }
        sessionStorage.setItem(RELOADED, String(Date.now()));
        location.reload();
      }
      refused = answers;
    }
  }
}
