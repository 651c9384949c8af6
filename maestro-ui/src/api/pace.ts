/** How often a page asks again by itself for what may change, in milliseconds. */
const UNTOLD = 2_000;

/** The same while the server says when something has changed: other nodes may not have told. */
const TOLD = 10_000;

let told = false;

export const pace = {
  live: () => (told ? TOLD : UNTOLD),
  /** Of what the server tells nothing about. */
  untold: () => UNTOLD,
  calm: () => TOLD,
  setTold: (value: boolean) => {
    told = value;
  },
};
