import { closeDetails, useDetails } from './details-store';
import { ObjectDetails } from './object-details';
import { RelationDetails } from './relation-details';

interface DetailsDialogProps {
  /** Asked for to change or run a statement. */
  readonly onOpenQuery: (title: string, text: string) => void;
}

/** The dialog with everything about a relation or another object. */
export function DetailsDialog({ onOpenQuery }: DetailsDialogProps) {
  const details = useDetails((state) => state.details);
  if (details === null) return null;
  const handlers = {
    onClose: closeDetails,
    onOpenQuery: (title: string, text: string): void => {
      closeDetails();
      onOpenQuery(title, text);
    },
  };
  return details.kind === 'relation' ? (
    <RelationDetails {...details} {...handlers} />
  ) : (
    <ObjectDetails connectionId={details.connectionId} item={details.item} {...handlers} />
  );
}
