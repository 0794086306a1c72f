-- Words for the rows. Everything random below comes from random() after setseed(), so each build
-- of the sample holds the same rows; array_sample() and uuidv7() would not repeat.
SELECT setseed(0.20250501);

CREATE FUNCTION pg_temp.pick(words text[]) RETURNS text LANGUAGE sql VOLATILE
AS 'SELECT words[random(1, cardinality(words))]';

-- md5 keeps these apart from each other without looking counted.
CREATE FUNCTION pg_temp.pseudo_uuid(kind text, n int8) RETURNS uuid LANGUAGE sql IMMUTABLE
AS 'SELECT overlay(overlay(md5(kind || n) placing ''4'' from 13) placing ''a'' from 17)::uuid';

CREATE TEMPORARY TABLE words ON COMMIT DROP AS SELECT
  '{Anna,Ben,Chloé,Dmitri,Elif,Fiona,Gábor,Hanna,Ibrahim,Jürgen,Katarzyna,Liam,María,Noah,Olga,Paul,Qing,Rosa,Siobhán,Tomáš,Ulla,Vikram,Wanjiru,Ximena,Yuki,Zoë,Łukasz,Søren,Þóra,Ævar,José,Amélie,Björn,Çağla,Đorđe,Emeka,Françoise,Giulia,Håkon,Inês,Jiří,Kwame,Leïla,Mary Ann,Jean-Luc,Nikos,Aoife,Priya,Ruth,Samuel,Teresa,Uwe,Vera,William,Yasmin,さくら,明,Алексей,Мария,Ελένη,محمد,נועה}'::text[]
    AS given,
  ARRAY['Almeida','Bauer','Carvalho','Dupont','Eriksson','Fischer','García','Haddad','Ivanova','Jensen',
    'Kowalczyk','Lefèvre','Müller','Nakamura','O''Brien','O''Neill','Petrović','Quintero','Rossi','Schmidt',
    'Takahashi','Ünal','Virtanen','Weiß','Xu','Yılmaz','Zieliński','van den Berg','de la Cruz','D''Angelo',
    'McDonald','Nguyễn','Øster','Ångström','Szabó','Okafor','Mwangi','Patel','Singh','Cohen','Horváth',
    'Novák','Svoboda','Popescu','Dimitrov','Papadopoulos','Þórsson','Fernández-Ruiz','Smith','Jones',
    'Taylor','Brown','Walker','Ní Bhriain','Ďurica','Łuczak','李','王','山田','Кузнецова'] AS family,
  '{Quiet,Burning,Last,Silver,Invisible,Northern,Broken,Patient,Hidden,Long,Paper,Distant,Secret,Crooked,Golden,Unfinished,Hollow,Second,Wild,Borrowed,Salt,Glass,Winter,Forgotten,Bright,Lesser,Impossible,Slow,Blue,Midnight,Honest,Stolen}'::text[]
    AS adjectives,
  '{Garden,River,Library,Lighthouse,Orchard,Map,Letter,Winter,Harbour,Clockmaker,Bridge,Sparrow,Archive,Mountain,Key,Fire,Shadow,Harvest,Voyage,Kitchen,Theorem,Island,Mirror,Bookseller,Storm,Cartographer,Violin,Desert,Tide,Window,Railway,Beekeeper,Inheritance,Republic,Algorithm,Cathedral,Fox,Lantern,Ocean,Silence}'::text[]
    AS nouns,
  '{Lisbon,Prague,Kraków,Zürich,Reykjavík,Tromsø,Porto,Valparaíso,Kyoto,Nairobi,Galway,Trieste,Ljubljana,Québec,Malmö,Istanbul,Tbilisi,Hanoi,Bruges,Salamanca}'::text[]
    AS places,
  ARRAY['Learning','Understanding','Cooking with','A Short History of','The Art of','Notes on','Beyond','Against',
    'A Field Guide to','Letters from','The Trouble with','What We Owe to'] AS openings,
  '{statistics,bread,the sea,mushrooms,bicycles,PostgreSQL,birdsong,typography,tea,glaciers,chess,the night sky,small gardens,old maps,honesty,sleep,fermentation,railways}'::text[]
    AS topics,
  ARRAY['A novel.','Winner of several prizes, and rightly so.','Told by a narrator who cannot be trusted, least of all about the weather.',
    'The first new translation in forty years.','With maps, notes and an index.','"I could not put it down" – a bookseller in Zürich.',
    'It begins with a letter that arrives ninety years late.','Clear, patient and full of worked examples.',
    'Three sisters, one house, and a debt that nobody remembers making.','What remains of a city when its river moves away?',
    'Für Leserinnen und Leser jeden Alters.','Une enquête minutieuse, presque un roman.','Includes a chapter on what can go wrong – and usually does.',
    'Set between the wars, it follows a clockmaker who refuses to repair one particular clock.','Illustrated throughout in colour.',
    'The author''s best work since her début.','A cookbook that explains why, not only how.','Not for the faint-hearted: 900 pages, and every one of them earned.']
    AS sentences,
  ARRAY['Berlin','Hamburg','München','Köln','Wien','Zürich','Paris','Lyon','Saint-Étienne','Madrid','A Coruña','Lisboa',
    'Dublin','Cork','London','L''Aquila','Milano','Kraków','Łódź','Praha','Göteborg','København','Tromsø','''s-Hertogenbosch',
    'Αθήνα','Reykjavík','東京','Montréal'] AS cities,
  ARRAY['DE','DE','DE','DE','AT','CH','FR','FR','FR','ES','ES','PT','IE','IE','GB','IT','IT','PL','PL','CZ','SE','DK','NO','NL',
    'GR','IS','JP','CA'] AS countries,
  ARRAY['High Street','Hauptstraße','Rue de l''Église','Calle Mayor','Via Roma','Long Lane','ul. Długa','Storgata','Am Stadtgraben',
    'Rua Direita','St Mary''s Road','Náměstí Míru','Bahnhofstraße','Quai du Rhône'] AS streets,
  ARRAY['Could not stop reading','Not what I expected','A gift for my mother','Beautifully made','Too long','Arrived damaged','Again, please',
    'Meh','Ein Meisterwerk','Très bien','Five stars isn''t enough','Good, but the index is missing'] AS review_titles,
  ARRAY['The middle part drags, the ending makes up for it.','Bought it for the cover, stayed for the footnotes.','My book club argued for three hours.',
    'The paper is thin and the print is small.','I have given away four copies.','Das Ende habe ich nicht verstanden 🤷','Lovely prose; I''d read anything by this author.',
    'There is a typo on page 17 ("teh").','Would not recommend for beginners.','Arrived in two days, well packed.'] AS review_sentences;
