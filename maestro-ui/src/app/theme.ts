import { createTheme, Drawer, Modal } from '@mantine/core';
import { Spotlight } from '@mantine/spotlight';

// Locking the scroll bar would add a style element, which the content security policy forbids.
const DOES_NOT_LOCK = { defaultProps: { lockScroll: false } };

export const theme = createTheme({
  primaryColor: 'indigo',
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Modal: Modal.extend(DOES_NOT_LOCK),
    Drawer: Drawer.extend(DOES_NOT_LOCK),
    Spotlight: Spotlight.extend(DOES_NOT_LOCK),
  },
});
