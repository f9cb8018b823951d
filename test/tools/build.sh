#!/usr/bin/env bash
# Builds the programs that the real-Crossplane tests run, from the Go modules beside this script, and prints the folder they are in.
#
#   build.sh [cli|core|etcd|kube|yaml]…     default: all of them
#
# Each module's binaries lie in a cache keyed by its go.mod, go.sum and own main.go, outside the tree; what is there is never built again.
# TRIMTAB_CACHE moves the cache (default: ~/.cache/trimtab).
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache="${TRIMTAB_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/trimtab}/tools"
bin="$cache/bin"

# Without a version the core refuses every package that constrains spec.crossplane.version.
crossplane_version_flag="-X github.com/crossplane/crossplane-runtime/v2/pkg/version.version"

main() {
  command -v go >/dev/null || { echo "cannot build the Crossplane tools: go is not installed" >&2; exit 1; }
  mkdir -p "$bin"
  # Two runs at a time would write the same files.
  exec 9>"$cache/lock"
  flock 9
  (($#)) || set -- cli core etcd kube yaml
  local module
  for module in "$@"; do "build_$module"; done
  echo "$bin"
}

build_cli() {
  build cli crossplane github.com/crossplane/cli/v2/cmd/crossplane \
    "$crossplane_version_flag=$(version cli github.com/crossplane/cli/v2)"
}

build_core() {
  build core crossplane-core github.com/crossplane/crossplane/v2/cmd/crossplane \
    "$crossplane_version_flag=$(version core github.com/crossplane/crossplane/v2)"
}

build_etcd() {
  build etcd etcd go.etcd.io/etcd/server/v3
}

build_kube() {
  local release program
  release=$(version kube k8s.io/kubernetes)
  for program in kube-apiserver kube-controller-manager kubectl; do
    build kube "$program" "k8s.io/kubernetes/cmd/$program" \
      "-X k8s.io/component-base/version.gitVersion=$release -X k8s.io/client-go/pkg/version.gitVersion=$release"
  done
}

build_yaml() {
  build yaml yaml-oracle .
}

# build MODULE PROGRAM PACKAGE [LDFLAGS]: into a folder named after what the module pins and says, then linked into bin.
build() {
  local module=$1 program=$2 package=$3 flags=${4:-} key out
  key=$({ cat "$here/$module"/{go.mod,go.sum}; cat "$here/$module/main.go" 2>/dev/null || true; echo "$flags"; } | sha256sum | cut -c1-16)
  out="$cache/$module-$key/$program"
  if [[ ! -x $out ]]; then
    echo "building $program" >&2
    (cd "$here/$module" && go build -trimpath -ldflags="-s -w $flags" -o "$out.part" "$package")
    mv "$out.part" "$out"
  fi
  ln -sfn "$out" "$bin/$program"
}

# version MODULE DEPENDENCY: the release that go.mod pins.
version() {
  awk -v name="$2" '$1 == "require" && $2 == name {print $3; exit} $1 == name {print $2; exit}' "$here/$1/go.mod"
}

main "$@"
