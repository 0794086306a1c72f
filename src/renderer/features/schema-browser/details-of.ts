import { hasDetails, showObject, showRelation } from './details/details-store';
import { schemaItem, sequenceItem } from './schema-items';
import type { RowContent } from './tree-node';

/** Shows everything about what a line of the tree stands for; null where the line says all there is. */
export function detailsOf(connectionId: string, content: RowContent): (() => void) | null {
  switch (content.kind) {
    case 'schema':
      return () => showObject(connectionId, schemaItem(content.schema));
    case 'relation': {
      const { table, sequence } = content;
      if (sequence === undefined) return () => showRelation(connectionId, table);
      return () => showObject(connectionId, sequenceItem(table, sequence));
    }
    case 'item':
      return hasDetails(content.item) ? () => showObject(connectionId, content.item) : null;
    case 'column':
    case 'folder':
    case 'database':
    case 'loading':
    case 'empty':
    case 'failed':
      return null;
  }
}
