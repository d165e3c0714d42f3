// The choice of a view of the call, and where one's own picture stands.
import {
  EyeOff,
  GalleryThumbnails,
  LayoutGrid,
  type LucideIcon,
  PictureInPicture,
  Presentation,
  RectangleHorizontal,
  SquareUser,
} from 'lucide-preact';
import {
  type StageChoice,
  type StageEvent,
  type StageView,
  type ViewKind,
  viewKind,
  viewKinds,
} from '../../core/stage/stage-view.ts';
import { text } from '../../ui/texts/text.ts';
import type { TextKey } from '../../ui/texts/text-key.ts';
import { Flyout } from '../kit/flyout.tsx';
import { MenuItem } from '../kit/menu-item.tsx';

const kinds: Readonly<Record<ViewKind, { readonly icon: LucideIcon; readonly label: TextKey }>> = {
  calm: { icon: RectangleHorizontal, label: 'callViewCalm' },
  grid: { icon: LayoutGrid, label: 'groupViewGrid' },
  speaker: { icon: GalleryThumbnails, label: 'groupViewSpeaker' },
  presentation: { icon: Presentation, label: 'groupViewPresentation' },
};

export interface ViewChoice {
  readonly view: StageView;
  /** A call of two. */
  readonly isPair: boolean;
  readonly onView: (event: StageEvent) => void;
  readonly selfPlace: StageChoice['self'];
  readonly onSelfPlace: (place: StageChoice['self']) => void;
  readonly isSelfHidden: boolean;
  readonly onHideSelf: (isHidden: boolean) => void;
}

/** The lines of the menu. */
export function ViewItems({ view, isPair, onView, selfPlace, onSelfPlace, isSelfHidden, onHideSelf }: ViewChoice) {
  const now = view.pinned === undefined ? viewKind(view, isPair) : undefined;
  return (
    <>
      {viewKinds(view, isPair).map((kind) => (
        <MenuItem
          key={kind}
          icon={kinds[kind].icon}
          label={text(kinds[kind].label)}
          isPressed={kind === now}
          onClick={() => onView({ event: 'choose-view', view: kind, isPair })}
        />
      ))}
      <hr class="menu-line" />
      <MenuItem
        icon={EyeOff}
        label={text('callHideSelf')}
        isPressed={isSelfHidden}
        onClick={() => onHideSelf(!isSelfHidden)}
      />
      {/* The calm view has it there. */}
      {now !== 'calm' && !isSelfHidden && (
        <MenuItem
          icon={selfPlace === 'corner' ? PictureInPicture : SquareUser}
          label={text('groupSelfInCorner')}
          isPressed={selfPlace === 'corner'}
          onClick={() => onSelfPlace(selfPlace === 'corner' ? 'grid' : 'corner')}
        />
      )}
    </>
  );
}

export function ViewSwitch(props: ViewChoice) {
  const Icon = kinds[viewKind(props.view, props.isPair)].icon;
  return (
    <Flyout
      label={text('groupView')}
      title={text('callWithKey', text('groupView'), 'W')}
      class="round-button"
      icon={<Icon aria-hidden="true" />}
      width={280}
    >
      {() => <ViewItems {...props} />}
    </Flyout>
  );
}
