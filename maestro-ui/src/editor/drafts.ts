/** A text that somebody has written, and the version that it began with or was pushed as. */
export interface Draft {
  text: string;
  version: number;
}

const KEPT = 'maestro.draft.';

/** What was written here and in no other browser; the server keeps what a text means, not its comments. */
export const drafts = {
  read(workflow: string): Draft | undefined {
    try {
      const kept = JSON.parse(localStorage.getItem(KEPT + workflow) ?? 'null') as Draft | null;
      return kept ?? undefined;
    } catch {
      return undefined;
    }
  },
  write(workflow: string, draft: Draft) {
    localStorage.setItem(KEPT + workflow, JSON.stringify(draft));
  },
  forget(workflow: string) {
    localStorage.removeItem(KEPT + workflow);
  },
};
