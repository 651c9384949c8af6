/** How often a page asks again by itself for what may change, in milliseconds. */
const UNTOLD = 2_000;

/** The same while the server says when something has changed: other nodes may not have told. */
const TOLD = 10_000;

let told = false;
let least = 0;

export const pace = {
  live: () => (told ? TOLD : Math.max(UNTOLD, least)),
  /** Of what the server tells nothing about. */
  untold: () => Math.max(UNTOLD, least),
  calm: () => TOLD,
  /** How far apart two questions for the same are to be at least: the busier the server, the further. */
  least: () => least,
  setTold: (value: boolean) => {
    told = value;
  },
  setLeast: (millis: number) => {
    least = millis;
  },
};
