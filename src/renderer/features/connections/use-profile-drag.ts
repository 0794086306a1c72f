import { useState, type DragEvent } from 'react';
import type { ProfileGroup, ProfilePlace } from './profile-order';

/** Tells a dragged connection from anything else that may be dropped on the window. */
const dragType = 'application/x-postern-profile';

/** Where the line is drawn that shows the place of a drop. */
export interface DropMark {
  readonly folder: string | null;
  /** The profile above which the line is; null is the end of the folder. */
  readonly before: string | null;
}

/** Dragging connections within their list. */
export interface ProfileDrag {
  readonly draggedId: string | null;
  readonly mark: DropMark | null;
  /** The attributes of a profile's line. */
  readonly itemEvents: (group: ProfileGroup, id: string) => DragEvents;
  /** The attributes of a folder's heading: a drop goes to the folder's end. */
  readonly folderEvents: (folder: string) => DragEvents;
}

export interface DragEvents {
  readonly onDragStart?: (event: DragEvent) => void;
  readonly onDragOver: (event: DragEvent) => void;
  readonly onDrop: (event: DragEvent) => void;
  readonly onDragEnd?: () => void;
}

/** `onMove` is told of a drop at another place. */
export function useProfileDrag(onMove: (id: string, place: ProfilePlace) => void): ProfileDrag {
  const [draggedId, setDraggedId] = useState<string | null>(null);
  const [mark, setMark] = useState<DropMark | null>(null);
  const end = (): void => {
    setDraggedId(null);
    setMark(null);
  };
  const over = (event: DragEvent, place: DropMark): void => {
    if (draggedId === null || !event.dataTransfer.types.includes(dragType)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'move';
    if (mark?.folder !== place.folder || mark.before !== place.before) setMark(place);
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    if (draggedId !== null && mark !== null && mark.before !== draggedId) onMove(draggedId, mark);
    end();
  };
  return {
    draggedId,
    mark,
    itemEvents: (group, id) => ({
      onDragStart: (event) => {
        event.dataTransfer.setData(dragType, id);
        event.dataTransfer.effectAllowed = 'move';
        setDraggedId(id);
      },
      onDragOver: (event) => {
        const { top, height } = event.currentTarget.getBoundingClientRect();
        const isAbove = event.clientY < top + height / 2;
        const index = group.profiles.findIndex((profile) => profile.id === id);
        const before = isAbove ? id : (group.profiles[index + 1]?.id ?? null);
        over(event, { folder: group.folder, before });
      },
      onDrop: drop,
      onDragEnd: end,
    }),
    folderEvents: (folder) => ({
      onDragOver: (event) => over(event, { folder, before: null }),
      onDrop: drop,
    }),
  };
}
