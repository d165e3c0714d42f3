// The list of rooms, loaded behind the first screen: people come before it.
import { useSignal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';

export function LateRooms() {
  const late = useSignal<{ readonly RoomList: ComponentType } | undefined>(undefined);
  useEffect(() => {
    void import('./room-list.tsx').then(
      ({ RoomList }) => {
        late.value = { RoomList };
      },
      () => undefined,
    );
  }, []);
  const RoomList = late.value?.RoomList;
  return RoomList ? <RoomList /> : null;
}
