#!/bin/sh
# A cluster of kind with a namespace and an account for Maestro's Kubernetes steps; prints the command that starts a
# development server over it. Needs kind and kubectl, and Docker or Podman for kind. Usage: deploy/kind.sh [up|down]
set -eu
name=maestro
folder=${MAESTRO_KIND_DIR:-$HOME/.maestro-kind}
if [ "${1:-up}" = down ]; then
  kind delete cluster --name "$name"
  rm -rf "$folder"
  exit 0
fi
mkdir -p "$folder"
chmod 700 "$folder"
kind get clusters | grep -qx "$name" || kind create cluster --name "$name" --wait 2m
kube="kubectl --context kind-$name"
$kube apply -f - <<'END'
apiVersion: v1
kind: Namespace
metadata: {name: maestro-jobs, labels: {pod-security.kubernetes.io/enforce: restricted}}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: maestro-engine, namespace: maestro-jobs}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: maestro-engine, namespace: maestro-jobs}
rules:
  - {apiGroups: [batch], resources: [jobs], verbs: [get, list, watch, create, patch, delete]}
  - {apiGroups: [""], resources: [pods], verbs: [list, watch]}
  - {apiGroups: [""], resources: [pods/log], verbs: [get]}
  - {apiGroups: [""], resources: [secrets], verbs: [create]}
  - {apiGroups: [""], resources: [events], verbs: [list, watch]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: maestro-engine, namespace: maestro-jobs}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: maestro-engine}
subjects: [{kind: ServiceAccount, name: maestro-engine, namespace: maestro-jobs}]
END
$kube -n maestro-jobs create token maestro-engine --duration 24h >"$folder/token"
$kube config view --raw --minify --output 'jsonpath={.clusters[0].cluster.certificate-authority-data}' | base64 -d >"$folder/ca.crt"
address=$($kube config view --minify --output 'jsonpath={.clusters[0].cluster.server}')
cat <<END
./maestro dev --set maestro.runtimes.kubernetes.address=$address \\
  --set maestro.runtimes.kubernetes.token-file=$folder/token \\
  --set maestro.runtimes.kubernetes.ca-file=$folder/ca.crt \\
  --set maestro.runtimes.kubernetes.namespace=maestro-jobs
END
