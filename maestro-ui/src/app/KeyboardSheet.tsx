import { Kbd, Modal, Table } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';

const SHEET = [
  ['Ctrl K', 'keys.palette'],
  ['g h', 'keys.home'],
  ['g r', 'keys.runs'],
  ['g w', 'keys.workflows'],
  ['g s', 'keys.signals'],
  ['g e', 'keys.edit'],
  ['← →', 'keys.strip'],
  ['Enter', 'keys.stripEnter'],
  ['?', 'keys.sheet'],
] as const;

const GOES = { h: '/', r: '/runs', w: '/workflows', s: '/signals', e: '/edit' } as const;
const SECOND_KEY_WITHIN = 1_200;

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

/** The keys that work everywhere, and the list of all. */
export function KeyboardSheet() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [opened, { open, close }] = useDisclosure();
  useEffect(() => {
    let wentAt = 0;
    const onKey = (event: KeyboardEvent) => {
      if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) {
        return;
      }
      if (event.key === '?') {
        open();
      } else if (event.key === 'g') {
        wentAt = event.timeStamp;
      } else if (event.key in GOES && event.timeStamp - wentAt < SECOND_KEY_WITHIN) {
        wentAt = 0;
        void navigate({ to: GOES[event.key as keyof typeof GOES] });
      }
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [navigate, open]);
  return (
    <Modal opened={opened} onClose={close} title={t('app.shortcuts')}>
      <Table>
        <Table.Tbody>
          {SHEET.map(([keys, what]) => (
            <Table.Tr key={keys}>
              <Table.Td>
                <Kbd>{keys}</Kbd>
              </Table.Td>
              <Table.Td>{t(what)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
