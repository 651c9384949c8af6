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
  ['j k', 'keys.rows'],
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

/** To the link of the next row of a list, or the one before; Enter then opens it by itself. */
function moveInRows(by: 1 | -1) {
  const links = [...document.querySelectorAll<HTMLElement>('main tbody tr')].flatMap((row) => {
    const link = row.querySelector<HTMLElement>('a');
    return link === null ? [] : [link];
  });
  const row = document.activeElement?.closest('tr');
  const at = links.findIndex((link) => row !== null && row !== undefined && row.contains(link));
  links[at < 0 ? 0 : Math.min(links.length - 1, Math.max(0, at + by))]?.focus();
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
      } else if (event.key === 'j' || event.key === 'k') {
        moveInRows(event.key === 'j' ? 1 : -1);
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
