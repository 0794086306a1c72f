-- What is computed: views, functions, triggers.
CREATE VIEW shop.order_summary AS
SELECT o.id, o.reference, o.placed_at, o.status, c.id AS customer_id,
  c.given_name || ' ' || c.family_name AS customer, count(i.line) AS lines,
  coalesce(sum(i.quantity), 0) AS books, coalesce(sum(i.line_total), 0) + o.shipping_fee AS total, o.currency
FROM shop.orders o
JOIN shop.customers c ON c.id = o.customer_id
LEFT JOIN shop.order_items i ON i.order_id = o.id
GROUP BY o.id, c.id;

CREATE VIEW shop.category_tree AS
WITH RECURSIVE tree (id, name, depth, path) AS (
  SELECT id, name, 1, ARRAY[name] FROM shop.categories WHERE parent_id IS NULL
  UNION ALL
  SELECT c.id, c.name, depth + 1, path || c.name FROM shop.categories c JOIN tree ON tree.id = c.parent_id
)
SELECT id, name, depth, array_to_string(path, ' › ') AS path FROM tree ORDER BY path;

CREATE VIEW warehouse.low_stock AS
SELECT s.site_code, s.book_id, b.title, s.quantity, s.reorder_level, s.shelf_code
FROM warehouse.stock s JOIN shop.books b ON b.id = s.book_id
WHERE s.quantity <= s.reorder_level;

CREATE MATERIALIZED VIEW analytics.monthly_sales AS
SELECT date_trunc('month', o.placed_at, 'UTC')::date AS month, b.format, o.currency,
  count(DISTINCT o.id) AS orders, sum(i.quantity) AS books, sum(i.line_total) AS revenue
FROM shop.orders o
JOIN shop.order_items i ON i.order_id = o.id
JOIN shop.books b ON b.id = i.book_id
WHERE o.status <> 'cancelled'
GROUP BY 1, 2, 3;
CREATE UNIQUE INDEX monthly_sales_key ON analytics.monthly_sales (month, format, currency);

CREATE FUNCTION shop.customer_revenue(customer int, since timestamptz DEFAULT '-infinity') RETURNS numeric
LANGUAGE sql STABLE PARALLEL SAFE
RETURN (
  SELECT coalesce(sum(i.line_total), 0) FROM shop.orders o JOIN shop.order_items i ON i.order_id = o.id
  WHERE o.customer_id = customer AND o.placed_at >= since AND o.status <> 'cancelled'
);

CREATE FUNCTION shop.search_books(query text, at_most int DEFAULT 20)
RETURNS TABLE (book_id int, title text, price numeric, rank real)
LANGUAGE sql STABLE AS $$
  SELECT b.id, b.title, b.price, ts_rank(vector, websearch_to_tsquery('english', query))
  FROM shop.books b,
    LATERAL (SELECT to_tsvector('english', b.title || ' ' || coalesce(b.description, '')) AS vector) AS document
  WHERE to_tsvector('english', b.title || ' ' || coalesce(b.description, '')) @@ websearch_to_tsquery('english', query)
  ORDER BY 4 DESC, 1 LIMIT at_most
$$;

CREATE FUNCTION shop.record_order_status() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO shop.order_events (order_id, old_status, new_status)
  VALUES (new.id, CASE WHEN tg_op = 'UPDATE' THEN old.status END, new.status);
  RETURN NULL;
END
$$;
CREATE TRIGGER orders_record_insert AFTER INSERT ON shop.orders
  FOR EACH ROW EXECUTE FUNCTION shop.record_order_status();
CREATE TRIGGER orders_record_status AFTER UPDATE OF status ON shop.orders
  FOR EACH ROW WHEN (old.status IS DISTINCT FROM new.status) EXECUTE FUNCTION shop.record_order_status();

CREATE FUNCTION shop.touch_updated_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  new.updated_at := now();
  RETURN new;
END
$$;
CREATE TRIGGER books_touch_updated_at BEFORE UPDATE ON shop.books
  FOR EACH ROW EXECUTE FUNCTION shop.touch_updated_at();

CREATE PROCEDURE shop.cancel_order(cancelled_order int) LANGUAGE plpgsql AS $$
DECLARE
  current_status shop.order_status;
BEGIN
  SELECT status INTO current_status FROM shop.orders WHERE id = cancelled_order FOR UPDATE;
  IF NOT found THEN
    RAISE EXCEPTION 'There is no order %.', cancelled_order USING ERRCODE = 'no_data_found';
  ELSIF current_status NOT IN ('placed', 'paid', 'packed') THEN
    RAISE EXCEPTION 'Order % is % and can no longer be cancelled.', cancelled_order, current_status
      USING ERRCODE = 'object_not_in_prerequisite_state',
        HINT = 'Only orders that have not been shipped can be cancelled.';
  END IF;
  UPDATE shop.orders SET status = 'cancelled' WHERE id = cancelled_order;
END
$$;

CREATE PROCEDURE analytics.refresh() LANGUAGE plpgsql AS $$
BEGIN
  REFRESH MATERIALIZED VIEW CONCURRENTLY analytics.monthly_sales;
END
$$;
