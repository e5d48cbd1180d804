/** What whoever gets a bundle needs to check it, without Schleuse's makers and without a network. */
export const INSTRUCTIONS = `# How to check this bundle / So prüfen Sie dieses Paket

English

1. Ask somebody other than the sender for the public key of the trail, and compare it with the file vkey.
2. schleuse audit check-proof BUNDLE.zip --vkey KEY
   It recomputes the hash of every file against manifest.json, follows every event from its inclusion proof up to a
   checkpoint, and checks the signature of that checkpoint. Exit code 0: all of it holds.
3. Each file in proofs/ is a C2SP tlog-proof that holds its event; any software for such proofs checks it alone:
   schleuse audit check-proof proofs/NAME.tlog-proof --vkey KEY
4. The taking of this bundle is itself on the trail: the event audit.exported with the filter_hash of manifest.json.

What it proves: each event in events.jsonl was recorded as it stands, and the trail has not been rewritten since. What it
does not prove: that no other events exist. manifest.json says which events of the answer are here. For the whole, take a
copy of the folder audit, run schleuse audit verify DIR --vkey KEY, build the index anew (schleuse audit index rebuild)
and ask again.

Deutsch

1. Lassen Sie sich den öffentlichen Schlüssel des Protokolls von jemand anderem als dem Absender geben und vergleichen
   Sie ihn mit der Datei vkey.
2. schleuse audit check-proof PAKET.zip --vkey SCHLÜSSEL
   Das rechnet die Prüfsumme jeder Datei gegen manifest.json nach, folgt jedem Ereignis über seinen Einschlussbeweis bis
   zu einem Prüfpunkt (checkpoint) und prüft dessen Signatur. Rückgabewert 0: alles stimmt.
3. Jede Datei in proofs/ ist ein C2SP tlog-proof mit ihrem Ereignis; jede Software für solche Beweise prüft sie allein.
4. Dass dieses Paket gezogen wurde, steht selbst im Protokoll: Ereignis audit.exported mit der filter_hash aus manifest.json.

Was es beweist: Jedes Ereignis in events.jsonl wurde so aufgezeichnet, und das Protokoll wurde seitdem nicht umgeschrieben.
Was es nicht beweist: dass es keine weiteren Ereignisse gibt. manifest.json sagt, welche Ereignisse der Antwort enthalten
sind. Für das Ganze nehmen Sie eine Kopie des Ordners audit, prüfen sie mit schleuse audit verify ORDNER --vkey SCHLÜSSEL,
bauen den Index neu (schleuse audit index rebuild) und fragen erneut.
`
