#!/bin/sh
# remove-lab.sh PREFIX FOLDER: once its standard input ends, which it does when the test process dies in whatever way, ends every process
# in the namespaces of that prefix and removes them and the folder. Processes are killed by their ids, never by name.
trap '' INT TERM HUP
cat >/dev/null
for namespace in $(ip netns list | cut -d' ' -f1 | grep "^$1-"); do
  # A namespace with living processes would go on living, unnamed.
  for process in $(ip netns pids "$namespace"); do kill -9 "$process" 2>/dev/null; done
  ip netns delete "$namespace"
done
rm -rf "$2"
